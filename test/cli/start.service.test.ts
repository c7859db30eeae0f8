import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { holdfast, startHoldfast } from '../support/program.ts';
import { putDataInto } from '../support/stores.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { shopFolder } from './shop-folder.ts';

describe('holdfast start on the embedded queue', () => {
  it('answers say from any folder through a socket only its user may open, and leaves none behind', async () => {
    const folder = await shopFolder();
    const socket = join(folder, '.holdfast', 'console.sock');
    const elsewhere = temporaryFolder();
    const product = startHoldfast(folder, 'start');
    await product.logged(/ready\. Ask it something/);
    const mode = statSync(socket).mode & 0o777;

    const run = await holdfast(folder, 'say', '/backup run shop');
    const list = await holdfast(elsewhere, 'say', '--json', 'list', '--config', join(folder, 'holdfast.yml'));
    const { exitCode, stderr } = await product.stop('SIGTERM');

    expect(mode).toBe(0o600);
    expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Backup of shop is stored') });
    expect(list.exitCode).toBe(0);
    expect(JSON.parse(list.stdout)).toMatchObject({
      kind: 'overview',
      holdings: [{ app: 'shop', count: 1 }],
    });
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/"audit":.*"words":"\/?(backup )?run shop"/);
    expect(existsSync(socket)).toBe(false);
    expect(readdirSync(join(folder, '.holdfast'))).toEqual(['queue']);
  });

  it('writes a line for each run that ends, and sends what a console channel takes to its output', async () => {
    const folder = await shopFolder({
      more: `  gone: { files: { include: [/no/such/folder] }, destinations: [disk] }\nchannels:\n  - { to: 'console:ops', reports: [failures] }\n`,
    });
    const product = startHoldfast(folder, 'start');
    await product.logged(/ready\. Ask it something/);

    for (const app of ['shop', 'gone']) await holdfast(folder, 'say', `/backup run ${app}`);
    await product.logged(/Backup of gone .* Sent to /);
    const { stdout, stderr } = await product.stop('SIGTERM');

    const lines = stderr.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    const ends = lines.filter(({ outcome }) => outcome !== undefined);
    expect(ends).toMatchObject([
      { level: 'info', app: 'shop', outcome: 'stored', id: expect.stringMatching(/^r_/) },
      { level: 'info', app: 'shop', outcome: 'stored', msg: expect.stringMatching(/Sent to console:/) },
      { level: 'error', app: 'gone', outcome: 'failed', reason: expect.stringContaining('/no/such/folder') },
      { level: 'error', app: 'gone', msg: expect.stringMatching(/no\/such\/folder.*console:ops\.$/) },
    ]);
    expect(stdout).toContain('/no/such/folder');
    expect(stdout).not.toContain('Backup of shop');
    expect(stderr).not.toContain('Nobody would be notified');
  });

  it('is waited for by say while it opens', async () => {
    const folder = await shopFolder();
    const product = startHoldfast(folder, 'start');
    // Its lock is there long before it listens.
    await vi.waitFor(() => expect(readdirSync(join(folder, '.holdfast')).length).toBeGreaterThan(1), {
      timeout: 60_000,
      interval: 5,
    });

    const { exitCode, stdout, stderr } = await holdfast(folder, 'say', '/backup run shop');

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Backup of shop is stored');
    await product.stop('SIGTERM');
  });

  it('two that say something at once are both answered', async () => {
    const folder = await shopFolder();

    const said = await Promise.all([1, 2].map(() => holdfast(folder, 'say', '/backup list shop')));

    expect(said).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
  });

  it('is told when another one has the queue, and by which process', async () => {
    const folder = await shopFolder();
    const product = startHoldfast(folder, 'start');
    await product.logged(/ready\. Ask it something/);

    const second = await holdfast(folder, 'start');
    const answer = await holdfast(folder, 'say', 'whoami');
    await product.stop('SIGINT');

    expect(second.exitCode).toBe(1);
    expect(second.stderr).toMatch(
      new RegExp(
        `^Another Holdfast \\(process ${product.pid}\\) already uses the embedded queue in .*\\.$`,
        'm',
      ),
    );
    expect(answer).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('You are console:') });
  });

  it('starts again after it was killed, though its socket and lock were left', async () => {
    const folder = await shopFolder();
    const killed = startHoldfast(folder, 'start');
    await killed.logged(/ready\. Ask it something/);
    await killed.stop('SIGKILL');

    const { exitCode, stdout } = await holdfast(folder, 'say', '/backup run shop');

    expect(exitCode).toBe(0);
    expect(stdout).toContain('Backup of shop is stored');
  });

  it('ends at once at the second signal, and whoever waits is told that the run goes on later', async () => {
    const folder = await shopFolder({ app: '    checkFreeSpace: false\n' });
    const huge = join(folder, 'site', 'huge.bin');
    writeFileSync(huge, '');
    truncateSync(huge, 2 ** 40); // A terabyte of nothing takes longer to read than any test.
    const product = startHoldfast(folder, 'start');
    await product.logged(/ready\. Ask it something/);
    const asked = startHoldfast(folder, 'say', '/backup run shop');
    await vi.waitFor(() => expect(existsSync(join(folder, 'backups', 'shop'))).toBe(true), 30_000);

    process.kill(product.pid ?? 0, 'SIGTERM');
    await product.logged(/a run it has in hand may take 60 s more/);
    const { exitCode } = await product.stop('SIGTERM');

    expect(exitCode).toBe(1);
    expect((await asked.stop('SIGTERM')).stderr).toContain('goes on when it starts again');
  });

  it('ends with a sentence when the folder is too deep for a socket, and leaves nothing running', async () => {
    const deep = 'd'.repeat(120);
    const folder = await shopFolder({ more: `queue: { folder: ${deep} }\n` });
    await putDataInto(join(folder, deep));

    const { exitCode, stderr } = await holdfast(folder, 'start');

    expect(exitCode).toBe(1);
    expect(stderr).toContain('Give queue.folder a shorter path.');
    expect(readdirSync(join(folder, deep))).toEqual(['queue']);
  });
});
