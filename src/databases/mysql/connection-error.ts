import { DatabaseError } from '../dumper.ts';
import { type MysqlOptions, whereIs } from './options.ts';

/** Why a database could not be read, in a sentence that tells a server that said no from one that was not reached. */
export function connectionError(options: MysqlOptions, error: unknown): unknown {
  if (error instanceof DatabaseError || !(error instanceof Error)) return error;
  const isPassing = 'code' in error && passingErrors.has(String(error.code));
  return new DatabaseError(sentence(options, error), { cause: error, isPassing });
}

/** A table was changed while it was read, or a lock was not to be had. */
const passingErrors: ReadonlySet<string> = new Set([
  'ER_CHECKREAD',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_NO_SUCH_TABLE',
  'ER_TABLE_DEF_CHANGED',
]);

function sentence(options: MysqlOptions, error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = notReached(options, code);
  if (reason !== undefined) return `Could not reach mysql ${whereIs(options)}: ${reason}`;
  return `mysql ${whereIs(options)} said no: ${refusal(options, code, error)}`;
}

function notReached({ host, socket, connectTimeout }: MysqlOptions, code: string): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there. Check that the server runs, and host and port.';
    case 'ENOENT':
      return `there is no ${socket ?? 'such file'}. Check that the server runs, and the path.`;
    case 'EACCES':
      return `this user may not open ${socket ?? 'it'}. Give it the right to.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no address is known for ${host}. Check the name.`;
    case 'ETIMEDOUT':
      return `it did not answer within ${connectTimeout} s. Check host, port and firewall.`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no way to it in the network. Check host and routes.';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'PROTOCOL_CONNECTION_LOST':
      return 'the connection was lost. See the log of the server.';
    default:
      return undefined;
  }
}

// https://mariadb.com/kb/en/mariadb-error-code-reference/
function refusal({ user, database }: MysqlOptions, code: string, error: Error): string {
  switch (code) {
    case 'ER_ACCESS_DENIED_ERROR':
      return `user or password is wrong for "${user}". Correct them in the configuration.`;
    case 'ER_DBACCESS_DENIED_ERROR':
      return `"${user}" may not use the database, or there is none called "${database}".`;
    case 'ER_BAD_DB_ERROR':
      return `there is no database "${database}". Correct its name.`;
    case 'ER_HOST_NOT_PRIVILEGED':
      return `"${user}" may not connect from this machine. Grant it on the server.`;
    case 'ER_CON_COUNT_ERROR':
      return 'it has too many connections. Try again later, or raise its max_connections.';
    default:
      return `${error.message.replace(/\.?$/, '.')}`;
  }
}
