import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { clip } from '../../../domain/clip.ts';
import { DatabaseError } from '../../dumper.ts';
import { clientEnvironment } from './client-environment.ts';
import type { ClientProgram } from './client-program.ts';
import { endMarker } from './end-marker.ts';

export interface Run {
  readonly client: ClientProgram;
  readonly arguments: readonly string[];
  /** What is dumped, for messages. */
  readonly title: string;
  /** Takes secrets out of what the program says. */
  redact(text: string): string;
  /** Called with what the program says although all went well. */
  onRemark(remark: string): void;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * The dump one run of the client writes, as it writes it. Ends only when the program left with 0 and the end marker was
 * seen; nothing runs on once the generator is left or `signal` is aborted.
 * @throws {DatabaseError}
 */
export async function* runClient(run: Run, signal: AbortSignal): AsyncGenerator<Buffer> {
  signal.throwIfAborted();
  const child = start(run);
  const exit = exitOf(child);
  const said = whatItSays(child.stderr);
  const marker = endMarker();
  const onAbort = () => killGroup(child);
  signal.addEventListener('abort', onAbort);

  try {
    for await (const chunk of child.stdout) {
      marker.see(chunk);
      yield chunk;
    }
    const end = await exit;
    signal.throwIfAborted();
    const words = run.redact(said()).trim();
    refuseBadEnd(run, end, words, marker.isSeen());
    if (words !== '') run.onRemark(words);
  } finally {
    signal.removeEventListener('abort', onAbort);
    killGroup(child);
    await exit;
  }
}

/**
 * In a process group of its own, so that whatever it starts can be ended with it. However this process dies, the group dies with
 * it: one of them waits for a line that never comes, and ends them all when there is nobody left who could write it.
 */
function start({ client, arguments: args }: Run): Child {
  const child = spawn('/bin/sh', ['-c', untilWeDie, 'sh', client.path, ...args], {
    detached: true,
    env: clientEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  }) as Child; // The types of Node know the first three streams alone.
  child.once('exit', () => child.stdio[3]?.destroy());
  return child;
}

// The shell becomes the program. What it is given are words of their own, which no shell reads.
const untilWeDie = '/bin/sh -c "read _; kill -KILL 0" <&3 3<&- >/dev/null 2>&1 & exec 3<&-; exec "$@"';

type End = { code: number | null; killedBy: NodeJS.Signals | null } | { notStarted: Error };

async function exitOf(child: Child): Promise<End> {
  try {
    const [code, killedBy] = await once(child, 'close');
    return { code, killedBy };
  } catch (error) {
    return { notStarted: error instanceof Error ? error : new Error(String(error)) };
  }
}

const mostWords = 2000;

function whatItSays(stderr: Readable): () => string {
  let words = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    if (words.length <= mostWords) words += text; // More than is shown, so that what is cut is marked as cut.
  });
  return () => clip(words, mostWords);
}

function refuseBadEnd({ client, title }: Run, end: End, words: string, isWhole: boolean): void {
  const failed = `Could not dump ${title}: ${client.name}`;
  if ('notStarted' in end) {
    throw new DatabaseError(`${failed} could not be started (${end.notStarted.message}).`, {
      cause: end.notStarted,
    });
  }
  if (end.code !== null && shellCouldNot.has(end.code))
    throw new DatabaseError(`${failed} could not be started (${words}).`);
  const because = words === '' ? ' It did not say why.' : ` It said: ${words}`;
  if (end.killedBy !== null) throw new DatabaseError(`${failed} was killed by ${end.killedBy}.${because}`);
  if (end.code !== 0)
    throw new DatabaseError(`${failed} ended with code ${end.code}.${because}`, {
      isPassing: passingErrors.test(words),
    });
  if (!isWhole)
    throw new DatabaseError(`${failed} ended without its end marker, so something is missing.${because}`);
}

/**
 * A table was changed or removed while it was read, or a lock was not to be had: the same dump may go well the next time.
 * https://mariadb.com/kb/en/mariadb-error-code-reference/
 */
const passingErrors = /\b(1020|1146|1205|1213|1412|1615)\b|please retry transaction/;

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const shellCouldNot: ReadonlySet<number> = new Set([126, 127]);

function killGroup(child: Child): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It ended on its own a moment ago.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
