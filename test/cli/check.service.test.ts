import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plant } from '../support/planted-backups.ts';
import { holdfast, startHoldfast } from '../support/program.ts';
import { freePort } from '../support/services/port.ts';
import { shopFolder } from './shop-folder.ts';

describe('holdfast check', () => {
  it('says that a file is in order', async () => {
    const { exitCode, stdout } = await holdfast(await shopFolder(), 'check');

    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^✔ holdfast\.yml/m),
    });
  });

  it('says everything that is wrong with it at once, each with its place', async () => {
    const folder = await shopFolder({
      app: '    fiels: {}\n',
      more: 'timezone: Europe/Brussel\nchanels: []\n',
    });

    const { exitCode, stderr } = await holdfast(folder, 'check');

    expect(exitCode).toBe(2);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^holdfast\.yml:7: apps\.shop.*"fiels".*"files"/),
      expect.stringMatching(/^holdfast\.yml:8: timezone: .*Europe\/Brussels/),
      expect.stringMatching(/^holdfast\.yml:9: .*"chanels".*"channels"/),
    ]);
  });

  it('tells a file that is not there', async () => {
    const { exitCode, stderr } = await holdfast(await shopFolder(), 'check', '--config', 'other.yml');

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/There is no configuration at .*other\.yml/);
  });

  it('tries what the workers of a group need, and says what cannot be reached', async () => {
    const port = await freePort();
    const folder = await shopFolder({
      app: `    databases:
      - { driver: mysql, host: 127.0.0.1, port: ${port}, user: shop, password: hush-hush, database: shop }
`,
    });
    writeFileSync(join(folder, 'backups'), 'I am no folder.');

    const { exitCode, stdout, stderr } = await holdfast(folder, 'check', '--group', 'default');

    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^! Others on this machine may read holdfast\.yml/),
      expect.stringMatching(/^! Nobody would be notified of a failed backup/),
      expect.stringMatching(/^✖ destination disk: Could not write to disk: .*backups/),
      expect.stringMatching(new RegExp(`^✖ shop: .*: .*127\\.0\\.0\\.1:${port}.*`)),
      '✔ shop: files',
    ]);
    expect(stdout).not.toContain('hush-hush');
  });

  it.each(['redis://:hush-hush@127.0.0.1', 'postgres://holdfast:hush-hush@127.0.0.1'])(
    'says that the queue at %s is not reached',
    async (address) => {
      const url = `${address}:${await freePort()}/0`;
      const folder = await shopFolder({ more: `queue: { url: '${url}' }\n` });

      const { exitCode, stdout } = await holdfast(folder, 'check', '--group', 'default');

      expect(exitCode).toBe(1);
      expect(stdout).toMatch(
        /^✖ queue: .* was not reached .*Check that it runs and that queue\.url is right/m,
      );
      expect(stdout).not.toContain('hush-hush');
    },
  );

  it('says which variables are not set, and who hears of failures', async () => {
    const folder = await shopFolder({
      more: `chat: { slack: { botToken: '\${HF_TEST_UNSET}', appToken: '\${file:/run/secrets/not-there}' } }
channels: [{ to: 'slack:C1', reports: [failures] }]
`,
    });

    const { exitCode, stdout } = await holdfast(folder, 'check', '--group', 'default');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^! Not set here: HF_TEST_UNSET \(for chat\.slack\.botToken\), \/run\/secrets\/not-there \(for chat\.slack\.appToken\)\./m,
    );
    expect(stdout).toMatch(/^✔ failures are sent to slack:C1$/m);
  });

  it('names backups of no app, and a folder that an app goes to by two names', async () => {
    const folder = await shopFolder();
    const backups = join(folder, 'backups');
    plant(backups, { app: 'old-shop', takenAt: '2026-11-22T02:00:00Z' });
    symlinkSync(backups, join(folder, 'link'));
    const path = join(folder, 'holdfast.yml');
    const text = readFileSync(path, 'utf8');
    const again = `destinations:\n  again: { driver: local, path: ${join(folder, 'link')} }`;
    writeFileSync(path, text.replace('destinations:', again).replace('[disk]', '[disk, again]'));

    const { exitCode, stdout } = await holdfast(folder, 'check', '--group', 'default');

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✔ disk: .* 1 backup of old-shop, which is not in this configuration/m);
    expect(stdout).toMatch(/^✖ shop: destinations: again is the same folder as disk/m);
  });

  it('knows the groups there are', async () => {
    const { exitCode, stderr } = await holdfast(await shopFolder(), 'check', '--group', 'defualt');

    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean "default"?');
  });
});

describe('holdfast check and holdfast start', () => {
  it('warn of secrets in a file that others may read, and of servers that anybody could be', async () => {
    const folder = await shopFolder({
      app: `    databases:
      - { driver: mysql, host: db, user: shop, password: hush-hush, database: shop, tls: { rejectUnauthorized: false } }
`,
    });
    const nobody = expect.stringMatching(/Nobody would be notified of a failed backup/);
    const warnings = [
      `Others on this machine may read holdfast.yml (mode 644), and secrets are written in it: apps.shop.databases[0].password. Say chmod 600 ${join(folder, 'holdfast.yml')}, or write a placeholder there.`,
      'apps.shop.databases[0].tls.rejectUnauthorized: Whoever is on the way to that server can pass for it, and is given the password and the data. Remove it, and name the authority of the server with "ca".',
    ];
    chmodSync(join(folder, 'holdfast.yml'), 0o644);

    const { exitCode, stdout } = await holdfast(folder, 'check');
    const product = startHoldfast(folder, 'start');
    await product.logged(/ready\. Ask it something/);
    const { stderr } = await product.stop('SIGTERM');
    const logged = stderr.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

    expect(exitCode).toBe(0);
    expect(stdout.split('\n').slice(0, 3)).toEqual([...warnings.map((warning) => `! ${warning}`), nobody]);
    expect(logged.filter(({ level }) => level === 'warn').map(({ msg }) => msg)).toEqual([
      ...warnings,
      nobody,
    ]);
  });
});

describe('holdfast schema', () => {
  it('prints what editors want', async () => {
    const { exitCode, stdout } = await holdfast(await shopFolder(), 'schema');

    expect(exitCode).toBe(0);
    expect(Object.keys(JSON.parse(stdout).properties)).toContain('apps');
  });
});

describe('holdfast', () => {
  it('ends with 2 for what it does not know', async () => {
    expect((await holdfast(await shopFolder(), 'bakcup')).exitCode).toBe(2);
    expect((await holdfast(await shopFolder(), 'say')).exitCode).toBe(2);
  });
});
