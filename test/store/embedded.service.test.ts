import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/store/embedded.ts';
import { StoreError, StoreInUse } from '../../src/store/store.ts';
import { embedded, type StorePlace } from '../support/stores.ts';

describe('the embedded store', () => {
  let place: StorePlace;
  let folder: string;

  beforeEach(async () => {
    place = await embedded();
    folder = join(place.options.folder, 'made', '.holdfast');
  });
  afterEach(() => place.remove());

  it('keeps its folders to their owner, and what was written for the next time', async () => {
    const first = await openEmbedded(folder, 'holdfast');
    await first.pool.query('CREATE TABLE public.kept AS SELECT 42 AS answer');
    await first.close();

    const second = await openEmbedded(folder, 'holdfast');
    const { rows } = await second.pool.query('SELECT answer FROM public.kept');
    await second.close();

    expect(rows).toEqual([{ answer: 42 }]);
    expect(await modes(folder, join(folder, 'queue'))).toEqual(['700', '700']);
    expect(await readdir(folder)).toEqual(['queue']);
  });

  it('is open once, and says who has it open', async () => {
    const first = await openEmbedded(place.options.folder, 'holdfast');

    const refusal = await openEmbedded(place.options.folder, 'holdfast').catch((error) => error);
    await first.close();

    expect(refusal).toBeInstanceOf(StoreInUse);
    expect(refusal.message).toContain(`process ${process.pid}`);
  });

  it.each([
    ['its version is gone', (data: string) => rm(join(data, 'PG_VERSION'))],
    ['all that was in it is gone', (data: string) => rm(data, { recursive: true }).then(() => mkdir(data))],
    [
      'its control file holds nothing',
      (data: string) => writeFile(join(data, 'global/pg_control'), Buffer.alloc(8192)),
    ],
  ])('says that it is damaged and may be put aside, and makes no new one, when %s', async (_, damage) => {
    const first = await openEmbedded(folder, 'holdfast');
    await first.close();
    const data = join(folder, 'queue');
    await damage(data);
    const before = await readdir(data);

    const refusal = await openEmbedded(folder, 'holdfast').catch((error) => error);

    expect(refusal).toBeInstanceOf(StoreError);
    expect(refusal.message).toMatch(
      /is damaged \(.*\)\. Put it aside with "mv .*: no backup depends on it\./,
    );
    expect(await readdir(data)).toEqual(before);
  });

  it('says so when its folder is a file', async () => {
    const file = join(place.options.folder, 'a-file');
    await writeFile(file, '');

    const refusal = await openEmbedded(file, 'holdfast').catch((error) => error);

    expect(refusal).toBeInstanceOf(StoreError);
    expect(refusal.message).toContain(`Could not make the folder ${file}`);
  });
});

function modes(...paths: string[]): Promise<string[]> {
  return Promise.all(paths.map(async (path) => ((await stat(path)).mode & 0o777).toString(8)));
}
