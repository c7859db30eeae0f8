import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../src/store/embedded/lock-folder.ts';
import { processBirth } from '../../../src/store/embedded/process-birth.ts';
import { StoreInUse } from '../../../src/store/store.ts';

describe('the lock of the embedded store', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps a second one out, and says which process has it', async () => {
    await lockFolder(folder);

    const refusal = await lockFolder(folder).catch((error) => error);

    expect(refusal).toBeInstanceOf(StoreInUse);
    expect(refusal.pid).toBe(process.pid);
    expect(refusal.message).toContain(`process ${process.pid}`);
    expect(refusal.message).toContain(folder);
  });

  it('keeps out whoever comes while another process lives, and leaves its lock alone', async () => {
    const other = process.ppid;
    await writeFile(lockOf(other), (await processBirth(other)) ?? '');

    const refusal = await lockFolder(folder).catch((error) => error);

    expect(refusal.pid).toBe(other);
    expect(await readdir(folder)).toEqual([`queue.${other}.lock`]);
  });

  it('lets the next one in once it is released', async () => {
    const first = await lockFolder(folder);
    await first.release();

    const second = await lockFolder(folder);
    await second.release();

    expect(await readdir(folder)).toEqual([]);
  });

  it('takes the lock of a process that died', async () => {
    const dead = Number(execFileSync(process.execPath, ['--print', 'process.pid'], { encoding: 'utf8' }));
    await writeFile(lockOf(dead), '12345');

    await lockFolder(folder);

    expect(await readdir(folder)).toEqual([`queue.${process.pid}.lock`]);
  });

  it('takes the lock of a process that died and whose number another process has now', async () => {
    await writeFile(lockOf(process.ppid), 'born some other day');
    await writeFile(lockOf(process.pid), 'born some other day');

    await lockFolder(folder);

    expect(await readdir(folder)).toEqual([`queue.${process.pid}.lock`]);
  });

  function lockOf(pid: number): string {
    return join(folder, `queue.${pid}.lock`);
  }
});
