import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { holdfast } from '../support/program.ts';
import { zipPrograms } from '../support/programs.ts';
import { shopFolder } from './shop-folder.ts';

describe('holdfast say', () => {
  it('backs an app up with nothing else running, and tells where the archive is', async () => {
    const folder = await shopFolder();

    const { exitCode, stdout, stderr } = await holdfast(folder, 'say', '/backup run shop');

    const [archive = ''] = readdirSync(join(folder, 'backups', 'shop')).filter((name) =>
      name.endsWith('.zip'),
    );
    const programs = await zipPrograms();
    const { stdout: unzipped } = await execa(programs('unzip'), [
      '-Z1',
      join(folder, 'backups/shop', archive),
    ]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('✔ Backup of shop is stored');
    expect(stdout).toContain(join(folder, 'backups/shop', archive));
    expect(unzipped).toBe('index.html');
  });

  it('prints each report as a line of JSON, and ends with 1 when one is bad', async () => {
    const app = '  blog: { files: { include: [/nowhere/at/all] }, destinations: [disk] }\n';
    const folder = await shopFolder({ app });

    const { exitCode, stdout } = await holdfast(folder, 'say', '--json', '/backup', 'run', 'blog');

    const reports = stdout.split('\n').map((line) => JSON.parse(line));
    expect(exitCode).toBe(1);
    expect(reports).toMatchObject([
      { kind: 'queued', app: 'blog' },
      { kind: 'run', outcome: 'failed', reason: expect.stringContaining('/nowhere/at/all') },
    ]);
  });

  it('ends with 2 when it was not understood, and says what was meant', async () => {
    const folder = await shopFolder();

    const { exitCode, stdout } = await holdfast(folder, 'say', '/backup run shpo');

    expect(exitCode).toBe(2);
    expect(stdout).toContain('Did you mean run shop?');
  });

  it('is refused like anybody in a chat when it speaks for somebody there', async () => {
    const folder = await shopFolder();

    const { exitCode, stdout } = await holdfast(folder, 'say', '--as', 'slack:T1/U9', 'run shop');

    expect(exitCode).toBe(1);
    expect(stdout).toContain('You may not ask for run shop here');
  });

  it('needs a person that can be one', async () => {
    const { exitCode, stderr } = await holdfast(await shopFolder(), 'say', '--as', 'me', 'list');

    expect(exitCode).toBe(2);
    expect(stderr).toBe(`"me" is nobody's id: --as takes one such as console:me or slack:T1/U1.`);
  });
});
