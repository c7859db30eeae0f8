import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import { complaintsOf, configFrom, rightConfig, writeConfig } from './config-file.ts';

const complaints = (text: string) => complaintsOf(() => configFrom(text));
const without = (line: RegExp) =>
  rightConfig
    .split('\n')
    .filter((each) => !line.test(each))
    .join('\n');

describe('reading the configuration', () => {
  it('takes what is right, though no placeholder can be filled in', () => {
    expect(complaints(rightConfig)).toEqual([]);
  });

  it('says everything that is wrong at once, each with its line and path', () => {
    const text = `timezone: Europe/Brusels
destinatons:
  disk: { driver: local, path: /var/backups }
destinations:
  disk: { driver: local, path: backups, pth: x }
  cloud: { driver: locl }
apps:
  shop:
    files: { include: [/srv/shop], exclud: [cache] }
    databases:
      - { driver: mysql, hots: 127.0.0.1, database: shop }
    destinations: [dsik]
  blog:
    destinations: []
  "../etc":
    files: { include: [/etc] }
    destinations: [disk]
access:
  - { allow: [runn], who: [U1] }
`;

    expect(complaints(text)).toEqual([
      'holdfast.yml:1: timezone: There is no time zone "Europe/Brusels". Did you mean "Europe/Brussels"?',
      'holdfast.yml:2: destinatons: There is no key "destinatons" here. Did you mean "destinations"?',
      'holdfast.yml:5: destinations.disk.path: A whole path is needed, beginning with "/".',
      'holdfast.yml:5: destinations.disk.pth: There is no key "pth" here. Did you mean "path"?',
      'holdfast.yml:6: destinations.cloud.driver: "locl" is not known here. Did you mean "local"?',
      'holdfast.yml:9: apps.shop.files.exclud: There is no key "exclud" here. Did you mean "exclude"?',
      'holdfast.yml:11: apps.shop.databases[0].user: It is missing: a text is needed here.',
      'holdfast.yml:11: apps.shop.databases[0].hots: There is no key "hots" here. Did you mean "host"?',
      'holdfast.yml:12: apps.shop.destinations[0]: There is no destination "dsik". Did you mean "disk"?',
      'holdfast.yml:13: apps.blog: There is nothing to back up: add "files" or "databases".',
      'holdfast.yml:14: apps.blog.destinations: Name at least one destination, or there is nowhere to store a backup.',
      'holdfast.yml:15: apps["../etc"]: Expected letters, digits, dots, dashes and underscores, beginning with a letter or digit.',
      'holdfast.yml:19: access[0].allow[0]: There is no command "runn". Did you mean "run"?',
      expect.stringMatching(/^holdfast\.yml:19: access\[0\]\.who\[0\]: An id of the platform/),
    ]);
  });

  it.each([
    ['a: 1\nb: [1, 2\nc: 3\n', /^holdfast\.yml:3: This is no YAML: Flow sequence/],
    ['apps:\n\tshop: 1\n', /^holdfast\.yml:2: There is a tab/],
    ['a: b: c\n', /^holdfast\.yml:1: This is no YAML: a value that holds ": " needs quotes/],
    ['a: 1\n---\nb: 1\n', /^holdfast\.yml:2: A second document begins here/],
    ['a: *gone\n', /:1: \*gone needs quotes: '\*gone'\. Without them it is the name of an anchor/],
    ['a: [b, **/*.log]\n', /:1: \*\*\/\*\.log needs quotes: '\*\*\/\*\.log'/],
    ['a:\n  - !x\n', /:2: !x needs quotes: '!x'\. Without them it is a type/],
    ["a: 'open\n", /closing 'quote/],
  ])('says what is no YAML, and where: %j', (text, sentence) => {
    expect(complaints(text)).toEqual([expect.stringMatching(sentence)]);
  });

  it('tells of a key that is there twice, besides whatever else is wrong', () => {
    expect(complaints(`${rightConfig}timezone: Mars/Base\n`)).toEqual([
      'holdfast.yml:11: The key "timezone" is there twice. Keep one.',
      expect.stringContaining('There is no time zone "Mars/Base". Take an IANA name'),
    ]);
  });

  it.each(['', '# nothing but a comment\n'])('says so when the file is empty: %j', (text) => {
    expect(complaints(text)).toEqual(['holdfast.yml:1: Expected keys with values, not nothing.']);
  });

  it('says how to begin when there is no file', () => {
    const path = join(dirname(writeConfig('')), 'other.yml');

    expect(complaintsOf(() => readConfig(path, {}))).toEqual([
      `other.yml: There is no configuration at ${path}. Begin with a copy of holdfast.example.yml, or name another file with --config.`,
    ]);
    expect(complaintsOf(() => readConfig(dirname(path), {}))[0]).toMatch(/is a folder/);
  });

  it('wants an app to have something to back up', () => {
    const text = 'destinations: {}\napps: { shop: { destinations: [disk] } }\n';

    expect(complaints(text)).toEqual([
      'holdfast.yml:2: apps.shop: There is nothing to back up: add "files" or "databases".',
      'holdfast.yml:2: apps.shop.destinations[0]: There is no destination "disk". There are none.',
    ]);
  });

  it('wants at least one app, and the places they are stored in', () => {
    expect(complaints('apps: {}\n')).toEqual([
      'holdfast.yml:1: destinations: It is missing: names with values is needed here.',
      'holdfast.yml:1: apps: Name at least one app.',
    ]);
  });

  it('wants names that can be told apart', () => {
    const text = `${without(/destinations: \[/)}      - { driver: mysql, user: other, database: shop }
    destinations: [disk, disk]
`;

    expect(complaints(text)).toEqual([
      'holdfast.yml:10: apps.shop.databases[1]: Its dump would be called mysql-shop.sql, as that of another database here. Give one of them a "name".',
      'holdfast.yml:11: apps.shop.destinations[1]: "disk" is named twice. Once is enough.',
    ]);
  });

  it('says which kind of value it expected, without repeating one that may be a secret', () => {
    const text = rightConfig.replace('host: 127.0.0.1', 'connectTimeout: s3cr3t, host: [a]');

    expect(complaints(text)).toEqual([
      'holdfast.yml:9: apps.shop.databases[0].host: Expected a text, not a list.',
      'holdfast.yml:9: apps.shop.databases[0].connectTimeout: Expected a number, not a text.',
    ]);
  });
});

describe('a wrong value', () => {
  it.each([
    ['port: abc', 'port: Expected a number.'],
    ['port: 0', 'port: Expected at least 1.'],
    ['port: 70000', 'port: Expected at most 65535.'],
    ['connectTimeout: 0', 'connectTimeout: Expected more than 0.'],
    ['tls: maybe', 'tls: Expected true or false or keys with values, not a text.'],
    ['tls: { caa: x }', 'tls.caa: There is no key "caa" here. Did you mean "ca"?'],
    ['dumper: cli', 'dumper: "cli" is not known here. Did you mean "client"?'],
    ['socket: ""', 'socket: It is empty.'],
    ['includeTables: a', 'includeTables: Expected a list, not a text.'],
    ['socket:', 'socket: Expected a text, not nothing.'],
    ['socket: 5', 'socket: Expected a text, not 5.'],
  ])('is told by what was expected: %s', (written, sentence) => {
    const text = rightConfig.replace('host: 127.0.0.1', written);

    expect(complaints(text)).toEqual([`holdfast.yml:9: apps.shop.databases[0].${sentence}`]);
  });

  it('is told for a destination without a driver, or with nothing in it', () => {
    const text = rightConfig.replace('  disk:', '  empty:\n  unknown: { path: /b }\n  disk:');

    expect(complaints(text)).toEqual([
      'holdfast.yml:4: destinations.empty: Expected keys with values, not nothing.',
      'holdfast.yml:5: destinations.unknown.driver: It is missing. There are local, s3.',
    ]);
  });
});

describe('placeholders while the file is read', () => {
  it('may stand where a text has to look like something', () => {
    const text = rightConfig
      .replace('path: /var/backups', 'path: ${BACKUPS}')
      .replace('[/srv/shop]', '["${SHOP}"]');

    expect(complaints(text)).toEqual([]);
  });

  it('does not hide what is wrong beside it', () => {
    const text = rightConfig.replace('user: shop', 'usr: ${SHOP_DB_USER}');

    expect(complaints(text)).toEqual([
      expect.stringContaining('user: It is missing'),
      expect.stringContaining('There is no key "usr" here.'),
    ]);
  });

  it('is told where no text fits at all', () => {
    const text = rightConfig.replace('files: { include: [/srv/shop] }', 'files: ${FILES}');

    expect(complaints(text)).toEqual([
      'holdfast.yml:7: apps.shop.files: Expected keys with values, not a text.',
    ]);
  });

  it('has to be spelt well', () => {
    const text = rightConfig.replace('REDIS_URL', 'REDIS-URL');

    expect(complaints(text)).toEqual([
      'holdfast.yml:2: queue.url: ${REDIS-URL} is no placeholder. There are ${NAME} and ${file:/run/secrets/name}; $${REDIS-URL} is the text itself.',
    ]);
  });

  it('does not name a worker group', () => {
    const text = rightConfig.replace('  shop:\n', '  shop:\n    runsOn: ${HOST}\n');

    expect(complaints(text)).toEqual([
      'holdfast.yml:7: apps.shop.runsOn: A group is named as it is, not by a placeholder.',
    ]);
  });
});
