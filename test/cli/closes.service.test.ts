import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { onPostgres, onRedis, type StorePlace } from '../support/stores.ts';
import { shopFolder } from './shop-folder.ts';

const program = fileURLToPath(new URL('open-and-close.ts', import.meta.url));

describe('a product that was opened and closed', () => {
  const stores: [string, (() => Promise<StorePlace>) | undefined][] = [
    ['the embedded queue', undefined],
    ['Redis', onRedis],
    ['PostgreSQL', onPostgres],
  ];

  it.each(stores)(
    'leaves nothing that keeps its process alive on %s',
    { timeout: 120_000 },
    async (_, open) => {
      const folder = await shopFolder();
      if (open !== undefined) await useServer(folder, await open());

      const { stdout, stderr, exitCode } = await execa(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), program, join(folder, 'holdfast.yml')],
        { reject: false, stdin: 'ignore' },
      );

      expect({ stdout, stderr, exitCode }).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    },
  );
});

async function useServer(folder: string, { options: { url, prefix }, remove }: StorePlace): Promise<void> {
  onTestFinished(remove);
  appendFileSync(join(folder, 'holdfast.yml'), `queue: { url: '${url}', prefix: ${prefix} }\n`);
}
