import { DatabaseError, type Dump, type Dumper } from '../dumper.ts';
import { chooseTables } from './choose-tables.ts';
import { type ClientProgram, findClient, lookedIn } from './client/client-program.ts';
import { dumpWithClient } from './client/dump-with-client.ts';
import { connect, type Session } from './connect.ts';
import { readContents } from './contents.ts';
import { dumpEmbedded } from './embedded/dump-embedded.ts';
import { prepareEmbedded } from './embedded/prepare-embedded.ts';
import { makeLoadable } from './make-loadable.ts';
import { fileNameOf, type MysqlOptions, whereIs } from './options.ts';
import { readReferences } from './references.ts';
import { refuseHidden } from './rights/refuse-hidden.ts';
import { type Survey, survey } from './survey.ts';
import type { Task } from './task.ts';

/*
 * MySQL and MariaDB. What rights the user needs is in rights/missing-rights.ts. A client program on the machine is what makes
 * a dump of everything: `apt-get install mariadb-client`, or MySQL's own.
 */

export function mysqlDumper(options: MysqlOptions): Dumper {
  return {
    title: `mysql ${whereIs(options)}`,
    fileName: fileNameOf(options),

    async check(signal) {
      await prepare(options, signal);
    },

    async estimate(signal) {
      const { whole } = await look(options, signal, async (_, found) => chooseTables(found, options));
      return whole.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0);
    },

    async dump(signal) {
      const start = await prepare(options, signal);
      return start();
    },
  };
}

/** Looks at the database, and returns how to dump it once nothing speaks against that. @throws {DatabaseError} */
function prepare(options: MysqlOptions, signal: AbortSignal): Promise<() => Dump> {
  return look(options, signal, async (session, found) => {
    const task = await planDump(session, options, found);
    const client = await chooseClient(options, task.survey);
    if (client !== undefined) return () => dumpWithClient(task, client, signal);

    const preparation = await prepareEmbedded(session, task);
    return () => dumpEmbedded(task, preparation, signal);
  });
}

/** @throws {DatabaseError} when what a dump takes is hidden from the user, or could not be loaded. */
async function planDump(session: Session, options: MysqlOptions, found: Survey): Promise<Task> {
  await refuseHidden(session, options, found);
  const references = await readReferences(session, options.database, found);
  const choice = makeLoadable(chooseTables(found, options), references, options);
  return { options, survey: found, choice, contents: await readContents(session, options, found, choice) };
}

/** Connects for as long as `use` takes, with what there is. */
async function look<Result>(
  options: MysqlOptions,
  signal: AbortSignal,
  use: (session: Session, found: Survey) => Promise<Result>,
): Promise<Result> {
  const session = await connect(options, signal);
  try {
    return await use(session, await survey(session, options.database));
  } finally {
    session.close();
  }
}

/** `undefined`: the embedded dumper. */
async function chooseClient(options: MysqlOptions, { family }: Survey): Promise<ClientProgram | undefined> {
  if (options.dumper === 'embedded') return undefined;
  const client = await findClient(family, options.binaryPath);
  if (client !== undefined || options.dumper === 'auto') return client;

  throw new DatabaseError(
    `Could not dump mysql ${whereIs(options)}: there is no mariadb-dump or mysqldump ${lookedIn(options.binaryPath)}. Install one (apt-get install mariadb-client), or set "binaryPath".`,
  );
}
