import { execa } from 'execa';

export interface Measured {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The most memory it has ever held: `VmHWM` of proc_pid_status(5). What getrusage(2) tells may be that of the process that started it. */
  readonly peakInBytes: number;
}

/** Runs a program on the Node that runs the tests, to its end, and measures it. */
export async function measured(program: string, args: readonly string[], cwd: string): Promise<Measured> {
  const { exitCode, stdout, stderr, stdio } = await execa(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(tellsItsPeak)}`, program, ...args],
    { cwd, reject: false, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  return { exitCode, stdout, stderr, peakInBytes: Number(stdio[3]) * 1024 };
}

const tellsItsPeak = `
  import { readFileSync, writeSync } from 'node:fs';
  const peak = () => /^VmHWM:\\s+(\\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1];
  process.on('exit', () => writeSync(3, peak()));
`;
