import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProduct } from '../test/support/built-product.ts';
import { archivers } from './archivers.ts';
import { contest } from './contest.ts';
import type { Subject } from './contestant.ts';
import { machine } from './machine.ts';
import { makeMedia, makeSmallFiles, makeText } from './make-files.ts';
import type { Results, SubjectResult } from './results.ts';
import { withServers } from './with-servers.ts';

export interface Comparing {
  readonly folder: string;
  readonly rounds: number;
  /** Which subjects, by name: `small`, `media`, `text`, `dump`, `run`. None means all. */
  readonly only: readonly string[];
  say(sentence: string): void;
}

/** Makes the data in `folder`, and measures Holdfast and what people use instead of it, in turn. */
export async function compare({ folder, rounds, only, say }: Comparing): Promise<Results> {
  const wants = (name: string) => only.length === 0 || only.includes(name);
  const product = await buildProduct();
  const env = {
    BENCH: fileURLToPath(new URL('./programs', import.meta.url)),
    HOLDFAST: product.program.replace(/\/src\/cli\.js$/, ''),
    OUT: join(folder, 'out.zip'),
    RESTIC_PASSWORD: 'bench',
  };
  const versions = new Set([`node ${process.versions.node}`]);
  const subjects: SubjectResult[] = [];

  async function hold(subject: Subject): Promise<void> {
    const { result, versions: own } = await contest(
      { ...subject, env: { ...env, ...subject.env } },
      rounds,
      say,
    );
    subjects.push(result);
    for (const version of own) versions.add(version);
  }

  try {
    for (const [name, what, make] of folders) {
      if (!wants(name)) continue;
      const { folder: FOLDER, contentInBytes } = await make(join(folder, name));
      await hold({ what, contentInBytes, contestants: archivers(), env: { FOLDER } });
    }
    if (wants('dump') || wants('run')) await withServers({ folder, program: product.program, wants, hold });
  } finally {
    await product.remove();
  }
  return { ...machine(), versions: [...versions], rounds, subjects };
}

const folders = [
  ['small', '15,000 small files', makeSmallFiles],
  ['media', 'media', makeMedia],
  ['text', 'text', makeText],
] as const;
