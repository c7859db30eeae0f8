import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** How a program that ran ended. */
export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `holdfast …` in a folder to its end. */
export async function holdfast(cwd: string, ...args: string[]): Promise<Ran> {
  const { exitCode, stdout, stderr } = await start(cwd, args);
  return { exitCode, stdout, stderr };
}

/** The same with more in its environment. */
export async function holdfastWith(env: NodeJS.ProcessEnv, cwd: string, ...args: string[]): Promise<Ran> {
  const { exitCode, stdout, stderr } = await start(cwd, args, env);
  return { exitCode, stdout, stderr };
}

/** A `holdfast …` that goes on until it is told to stop. It is killed with the test at the latest. */
export interface Started {
  readonly pid: number | undefined;
  /** Settles with the first line on standard error, where the log goes, that is like this. */
  logged(line: RegExp): Promise<string>;
  /** Settles when it has ended, by itself or by a signal. */
  ended(): Promise<Ran>;
  /** Sends the signal and waits for the end; one that takes more than five seconds is killed. */
  stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Ran>;
}

export function startHoldfast(cwd: string, ...args: string[]): Started {
  const child = start(cwd, args);
  const lines: string[] = [];
  const log = createInterface({ input: child.stderr });
  log.on('line', (line) => lines.push(line));
  const ended = async (): Promise<Ran> => {
    const { exitCode, stdout, stderr } = await child;
    return { exitCode, stdout, stderr };
  };
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await child;
  });

  return {
    pid: child.pid,
    logged: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find((line) => wanted.test(line));
          if (found !== undefined) resolve(found);
        };
        log.on('line', look);
        log.on('close', () => reject(new Error(`It ended without saying ${wanted}:\n${lines.join('\n')}`)));
        look();
      }),
    ended,
    stop(signal) {
      child.kill(signal);
      return ended();
    },
  };
}

/** Without the program `tsx` in between, which would not pass every signal on. */
function start(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return execa(process.execPath, ['--import', tsx, program, ...args], {
    cwd,
    reject: false,
    stdin: 'ignore',
    env,
  });
}
