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
  /** What the processes said so far, for whoever wants to know how something came about. */
  log(): readonly string[];
  /** How often one ended that nobody had killed. */
  crashes(): number;
  end(): Promise<void>;
}

const program = fileURLToPath(new URL('process.ts', import.meta.url));

export async function keptRunning(
  role: 'bot' | 'worker',
  config: string,
  environment: Readonly<Record<string, string>>,
): Promise<Kept> {
  const said: string[] = [];
  let crashes = 0;
  let child = launch();
  await child.ready;

  function launch() {
    const running = execa(process.execPath, ['--import', 'tsx', program, role, config], {
      ...{ env: environment, all: true, buffer: false, reject: false, stdin: 'ignore' },
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

  return {
    pid: () => child.pid,
    kill: () => child.end('SIGKILL'),
    async start() {
      child = launch();
      await child.ready;
    },
    log: () => said,
    crashes: () => crashes,
    end: () => child.end('SIGTERM'),
  };
}
