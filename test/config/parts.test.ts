import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { botPart, workerPart } from '../../src/config/parts.ts';
import { readConfig } from '../../src/config/read.ts';
import { complaintsOf, configFrom, rightConfig, writeConfig } from './config-file.ts';

const everything = { REDIS_URL: 'redis://:hush%21@queue', SHOP_DB_PASSWORD: 's3cr3t' };

const twoGroups = `${rightConfig}  blog:
    runsOn: web1
    files: { include: ['\${BLOG_FOLDER}'] }
    destinations: [attic]
`.replace('  disk:', '  attic: { driver: local, path: "${ATTIC}/blog" }\n  disk:');

describe('the bot’s part', () => {
  it('needs no secret of a worker', () => {
    const { timezone, queue, access, channels, apps } = botPart(
      configFrom(twoGroups, { REDIS_URL: 'redis://queue' }),
    );

    expect({ timezone, access, channels }).toEqual({ timezone: 'Europe/Brussels', access: [], channels: [] });
    expect(queue.url).toBe('redis://queue');
    expect(apps).toEqual([
      { name: 'shop', runsOn: 'default', destinations: ['disk'] },
      { name: 'blog', runsOn: 'web1', destinations: ['attic'] },
    ]);
  });

  it('is everything there is with hardly anything configured', () => {
    const text =
      'destinations: { d: { driver: local, path: /b } }\napps: { a: { files: { include: [/a] }, destinations: [d] } }';

    const { timezone, queue } = botPart(configFrom(text));

    expect(timezone).toBe('UTC');
    expect(queue.url).toBeUndefined();
  });
});

describe('a worker’s part', () => {
  it('holds the apps of its group, and only the destinations they use', () => {
    const { apps, destinations } = workerPart(configFrom(twoGroups, everything), 'default');

    expect(Object.keys(apps)).toEqual(['shop']);
    expect(Object.keys(destinations)).toEqual(['disk']);
    expect(apps.shop?.databases).toMatchObject([{ host: '127.0.0.1', port: 3306, password: 's3cr3t' }]);
  });

  it('names every variable that is missing in it, and none of another part', () => {
    const config = configFrom(twoGroups, { ATTIC: '/attic' });

    expect(complaintsOf(() => workerPart(config, 'default'))).toEqual([
      'holdfast.yml:2: queue.url: The environment variable REDIS_URL is not set, and this process needs it.',
      'holdfast.yml:10: apps.shop.databases[0].password: The environment variable SHOP_DB_PASSWORD is not set, and this process needs it.',
    ]);
    expect(complaintsOf(() => workerPart(config, 'web1'))).toEqual([
      expect.stringContaining('REDIS_URL'),
      'holdfast.yml:14: apps.blog.files.include[0]: The environment variable BLOG_FOLDER is not set, and this process needs it.',
    ]);
  });

  it('judges what a placeholder turned out to be', () => {
    const env = { ...everything, REDIS_URL: 'http://queue', ATTIC: '~', BLOG_FOLDER: 'blog' };

    expect(complaintsOf(() => workerPart(configFrom(twoGroups, env), 'web1'))).toEqual([
      expect.stringContaining('queue.url: Expected an address that begins with redis://'),
      expect.stringContaining('destinations.attic.path: A whole path is needed'),
      expect.stringContaining('apps.blog.files.include[0]: Must be an absolute path'),
    ]);
  });

  it('sees two dumps of one name that only placeholders give', () => {
    const text = rightConfig.replace(
      '    databases:\n',
      '    databases:\n      - { driver: mysql, user: shop, database: "${OTHER}" }\n',
    );

    const work = () => workerPart(configFrom(text, { ...everything, OTHER: 'shop' }), 'default');

    expect(complaintsOf(work)).toEqual([expect.stringContaining('would be called mysql-shop.sql')]);
  });

  it('is not there for a group that no app runs on', () => {
    expect(complaintsOf(() => workerPart(configFrom(twoGroups, everything), 'web'))).toEqual([
      'holdfast.yml: apps: No app runs on the group "web". Did you mean "web1"?',
    ]);
  });

  it('lists what must never be said', () => {
    const { secrets } = workerPart(configFrom(rightConfig, everything), 'default');

    expect(secrets).toEqual(['hush%21', 'hush!', 's3cr3t']);
  });

  it('counts the addresses of pings among that', () => {
    const pings = (text: string) => configFrom(`${rightConfig}    pings: ${text}\n`, everything);

    const one = workerPart(pings('https://hc.example/0b1a-77'), 'default');
    const each = workerPart(pings('{ success: "https://up.example/push?k=0b1a-77" }'), 'default');

    expect(one.secrets).toEqual(expect.arrayContaining(['https://hc.example/0b1a-77', '0b1a-77']));
    expect(each.secrets).toEqual(expect.arrayContaining(['https://up.example/push?k=0b1a-77', 'k=0b1a-77']));
  });

  it('says what is wrong with an address to ping without repeating it', () => {
    const text = `${rightConfig}    pings: hc.example/0b1a-77\n`;

    const [complaint] = complaintsOf(() => configFrom(text, everything));

    expect(complaint).toContain('apps.shop.pings: Expected an address such as https://hc-ping.com/…');
    expect(complaint).not.toContain('0b1a-77');
  });
});

describe('placeholders', () => {
  const passwordFrom = (password: string, env: Record<string, string> = {}) => {
    const text = rightConfig.replace('${SHOP_DB_PASSWORD}', () => password);
    const [database] =
      workerPart(configFrom(text, { ...everything, ...env }), 'default').apps.shop?.databases ?? [];
    return database?.driver === 'mysql' ? database.password : undefined;
  };

  it.each([
    ['${A}', 'one'],
    ['"${A}"', 'one'],
    ["'${A}'", 'one'],
    ['${A}-${B}${A}', 'one-twoone'],
    ['x${A}y', 'xoney'],
    ['$${A}', '${A}'],
    ['"$${A} costs $5, {really}"', '${A} costs $5, {really}'],
    ['${EMPTY}x', 'x'],
    ['${ODD}', 'a: {b}, #c "d" ${A}\n'],
    ['$A', '$A'],
  ])('takes %s as %j', (written, text) => {
    const env = { A: 'one', B: 'two', EMPTY: '', ODD: 'a: {b}, #c "d" ${A}\n' };

    expect(passwordFrom(written, env)).toBe(text);
  });

  it('keeps a number from the environment a text, and a port a number', () => {
    const text = rightConfig.replace('host: 127.0.0.1', 'port: ${PORT}');

    const { apps } = workerPart(
      configFrom(text, { ...everything, SHOP_DB_PASSWORD: '0123', PORT: '3307' }),
      'default',
    );

    expect(apps.shop?.databases).toMatchObject([{ password: '0123', port: 3307 }]);
  });

  it('reads a secret from a file, without the newline at its end', () => {
    const path = writeConfig(rightConfig.replace('${SHOP_DB_PASSWORD}', '${file:run/it, is "here"}'));
    mkdirSync(join(dirname(path), 'run'));
    writeFileSync(join(dirname(path), 'run/it, is "here"'), ' pass\nword \r\n');

    const { apps } = workerPart(readConfig(path, everything), 'default');

    expect(apps.shop?.databases).toMatchObject([{ password: ' pass\nword ' }]);
  });

  it('names key and file when a secret’s file is not there', () => {
    expect(complaintsOf(() => passwordFrom('${file:/nowhere/secret}'))).toEqual([
      'holdfast.yml:9: apps.shop.databases[0].password: The file /nowhere/secret is not there, and this process needs it.',
    ]);
    expect(complaintsOf(() => passwordFrom('${file:/}'))[0]).toContain('The file / is a folder');
  });
});
