import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { makePrivateFolder } from '../../src/databases/private-folder.ts';

it('can be entered by its user alone, and is gone when it is removed', async () => {
  const folder = await makePrivateFolder();
  writeFileSync(join(folder.path, 'client.cnf'), 'password=canary');

  const mode = statSync(folder.path).mode & 0o777;
  await folder.remove();

  expect(mode).toBe(0o700);
  expect(existsSync(folder.path)).toBe(false);
});

it('takes along what processes that died have left, and nothing of those that live', async () => {
  const mine = await makePrivateFolder();
  onTestFinished(() => mine.remove());
  const ofADeadOne = mine.path.replace(`-${process.pid}-`, `-${await deadProcess()}-`);
  const ofAnother = join(dirname(mine.path), `holdfast-another-machine-${await deadProcess()}-x`);
  for (const path of [ofADeadOne, ofAnother]) mkdirSync(path);
  writeFileSync(join(ofADeadOne, 'client.cnf'), 'password=canary');
  onTestFinished(async () => void (await execa('rmdir', [ofAnother])));

  const next = await makePrivateFolder();
  await next.remove();

  expect([mine.path, ofADeadOne, ofAnother].map(existsSync)).toEqual([true, false, true]);
});

async function deadProcess(): Promise<number | undefined> {
  const child = execa('true');
  await child;
  return child.pid;
}
