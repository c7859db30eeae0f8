import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { execa } from 'execa';

export interface WorkerProcess {
  /** The most memory it has ever held, in bytes, until now: `VmHWM` of proc_pid_status(5). */
  peakMemoryInBytes(): Promise<number>;
  /** How much it has written to disks until now: `write_bytes` of proc_pid_io(5). */
  writtenInBytes(): Promise<number>;
  /** Lets it finish what it does. */
  stop(): Promise<void>;
}

interface Start {
  /** `holdfast`, built. */
  readonly program: string;
  readonly config: string;
  /** A program that runs the worker and watches it, with its arguments. */
  readonly under?: readonly string[];
  readonly nodeOptions?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** `holdfast worker` as a process of its own, when it takes jobs. */
export async function startWorkerProcess({
  program,
  config,
  under = [],
  nodeOptions = [],
  environment = {},
}: Start): Promise<WorkerProcess> {
  // The shell tells its id and then becomes the worker, so that the id is the worker's, whatever it runs under.
  const [command = '', ...rest] = [
    ...[...under, 'sh', '-c', 'echo $$; exec "$@"', 'sh'],
    ...[process.execPath, ...nodeOptions, program, 'worker', '--config', config],
  ];
  const child = execa(command, rest, { env: environment, all: true, buffer: false, stdin: 'ignore' });
  const lines = createInterface({ input: child.all });
  const nextLine = async () => String((await Promise.race([once(lines, 'line'), ended(child)]))[0]);
  const pid = Number(await nextLine());
  await nextLine();

  return {
    peakMemoryInBytes: () => peakMemoryOf(pid),
    writtenInBytes: () => writtenBy(pid),
    async stop() {
      process.kill(pid, 'SIGTERM');
      await child;
    },
  };
}

async function ended(child: Promise<unknown>): Promise<never> {
  await child;
  throw new Error('The worker ended before it was ready.');
}

async function peakMemoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

async function writtenBy(pid: number): Promise<number> {
  const io = await readFile(`/proc/${pid}/io`, 'utf8');
  return Number(/^write_bytes: (\d+)/m.exec(io)?.[1]);
}
