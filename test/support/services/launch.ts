import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { Place, Recipe } from './service.ts';

export interface Launched {
  stop(): Promise<void>;
  /** At once, for one whose data nobody needs any more. */
  kill(): Promise<void>;
}

/** A program that runs until it is stopped. */
export type Daemon = Pick<Recipe, 'arguments' | 'ready' | 'stopSignal'> & {
  readonly programs: readonly [string, ...string[]];
};

/** Starts the server and waits for the line that says it takes connections. It ends with this process at the latest. */
export async function launch(recipe: Daemon, place: Place): Promise<Launched> {
  const child = execa(place.programs(recipe.programs[0]), recipe.arguments(place), {
    ...place.user,
    cwd: place.folder,
    all: true,
    buffer: false,
    reject: false,
    stdin: 'ignore',
  });
  await readyLine(recipe, createInterface({ input: child.all }));

  async function end(signal: 'SIGKILL' | Daemon['stopSignal']): Promise<void> {
    child.kill(signal);
    await child;
  }

  return { stop: () => end(recipe.stopSignal), kill: () => end('SIGKILL') };
}

async function readyLine(recipe: Daemon, lines: ReturnType<typeof createInterface>): Promise<void> {
  const said: string[] = [];
  const ended = once(lines, 'close').then(() => {
    throw new Error(`${recipe.programs[0]} ended before it was ready:\n${said.slice(-20).join('\n')}`);
  });
  const ready = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      said.push(line);
      if (recipe.ready.test(line)) resolve();
    });
  });
  // After the server is ready its end is what `stop` waits for, and no failure any more.
  ended.catch(() => undefined);
  await Promise.race([ready, ended]);
}
