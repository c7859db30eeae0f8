import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** A process of the product, as whatever looks after services keeps it running: started again when it has died. */
export interface Kept {
  pid(): number;
  /** As if the power had gone; settles when it is dead. */
  kill(): Promise<void>;
  /** Settles when there is one that says it is there. */
  start(): Promise<void>;
  /** Puts its clock so many milliseconds ahead of the real one, or behind it; one that is started later has it so, too. */
  setClock(aheadInMs: number): Promise<void>;
  /** What the processes said so far, for whoever wants to know how something came about. */
  log(): readonly string[];
  /** How often one ended that nobody had killed. */
  crashes(): number;
  /** For good, and at once. */
  end(): Promise<void>;
}

const program = fileURLToPath(new URL('process.ts', import.meta.url));
const clock = new URL('shifted-clock.ts', import.meta.url).href;

interface Keeping {
  readonly role: 'bot' | 'worker';
  readonly config: string;
  /** The folder it may keep something in that is needed to keep it running. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

export async function keptRunning({ role, config, folder, environment }: Keeping): Promise<Kept> {
  const clockFile = join(folder, `clock-${randomUUID()}`);
  const env = { ...environment, TEST_CLOCK_AHEAD: clockFile };
  await setClock(0);
  const said: string[] = [];
  let crashes = 0;
  let child = launch();
  await child.ready;

  function launch() {
    const running = execa(process.execPath, ['--import', 'tsx', '--import', clock, program, role, config], {
      ...{ env, all: true, buffer: false, reject: false, stdin: 'ignore' },
    });
    const lines = createInterface({ input: running.all });
    lines.on('line', (line) => said.push(`${new Date().toISOString()} ${role} ${running.pid} ${line}`));
    const ready = new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => line.includes(`The ${role} is there.`) && resolve());
      running.then(() => reject(new Error(`The ${role} ended:\n${said.slice(-20).join('\n')}`)));
    });
    ready.catch(() => undefined); // One that is killed while it starts is nobody's concern.
    let meant = false;
    running.then(() => {
      if (!meant) crashes += 1;
    });
    return {
      ready,
      pid: running.pid ?? 0,
      async end(signal: 'SIGKILL' | 'SIGTERM') {
        meant = true;
        running.kill(signal);
        await running;
      },
    };
  }

  /** At once: a process may look at any moment. */
  async function setClock(aheadInMs: number): Promise<void> {
    await writeFile(`${clockFile}.new`, String(aheadInMs));
    await rename(`${clockFile}.new`, clockFile);
  }

  return {
    pid: () => child.pid,
    kill: () => child.end('SIGKILL'),
    async start() {
      child = launch();
      await child.ready;
    },
    setClock,
    log: () => said,
    crashes: () => crashes,
    end: () => child.end('SIGKILL'),
  };
}
