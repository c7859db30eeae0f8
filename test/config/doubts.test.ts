import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unheardFailures } from '../../src/config/doubts/unheard-failures.ts';
import { doubtsAbout } from '../../src/config/doubts.ts';
import { readConfig } from '../../src/config/read.ts';
import { rightConfig, writeConfig } from './config-file.ts';

/** What is doubted about a file with this in it, and these rights. */
function doubtsOf(text: string, { mode = 0o600, env = {} } = {}): string[] {
  const path = writeConfig(text);
  chmodSync(path, mode);
  return doubtsAbout(readConfig(path, env));
}

const withPassword = rightConfig.replace('${SHOP_DB_PASSWORD}', 'hush-hush');

describe('a file with secrets in it', () => {
  it.each([0o644, 0o640, 0o604])(
    'is doubted when others may read it (%o), by the places of the secrets',
    (mode) => {
      const more = `${withPassword}    pings: https://hc.example/0b1a\n`;

      const [doubt] = doubtsOf(more, { mode });

      expect(doubt).toContain(`holdfast.yml (mode ${mode.toString(8)})`);
      expect(doubt).toContain(
        'written in it: apps.shop.databases[0].password and apps.shop.pings. Say chmod 600',
      );
      expect(doubt).not.toMatch(/hush-hush|0b1a/);
    },
  );

  it('is not doubted when only its user may read it', () => {
    expect(doubtsOf(withPassword)).toEqual([]);
  });

  it('is not doubted when its secrets are placeholders', () => {
    expect(doubtsOf(rightConfig, { mode: 0o644 })).toEqual([]);
  });

  it('is doubted for a password in an address', () => {
    const text = rightConfig.replace('${REDIS_URL}', "'redis://:hush@redis'");

    expect(doubtsOf(text, { mode: 0o644 })).toEqual([expect.stringContaining('written in it: queue.url.')]);
  });
});

describe('failures that nobody would be notified of', () => {
  const unheard = (more: string) =>
    unheardFailures(readConfig(writeConfig(`${rightConfig}${more}`), {}).value);
  const channel = (to: string, reports: string) => `channels:\n  - { to: '${to}', reports: [${reports}] }\n`;
  const slack = 'chat:\n  slack: { botToken: xoxb-1, appToken: xapp-1 }\n';

  it.each([
    ['there is no channel', ''],
    ['no channel takes failures', channel('console:ops', 'successes, health')],
    ['the channel that takes them is of a chat that is not configured', channel('slack:C1', 'failures')],
  ])('are doubted when %s', (_, more) => {
    expect(unheard(more)).toContainEqual(
      expect.stringContaining('Nobody would be notified of a failed backup'),
    );
  });

  it.each([
    channel('console:ops', 'failures'),
    slack + channel('slack:C1', 'failures'),
    channel('${OPS}', 'failures'),
  ])('are not doubted when a channel takes them: %j', (more) => {
    expect(unheard(more)).toEqual([]);
  });

  it('are told with the channel that gets nothing', () => {
    expect(unheard(channel('slack:C1', 'failures'))).toContainEqual(
      'Nothing can be sent to slack:C1: "chat" does not configure that platform.',
    );
  });
});

describe('a server that anybody could be', () => {
  const database = (options: string) => rightConfig.replace('database: shop', `database: shop, ${options}`);
  const databaseAt = (host: string, options = 'tls: false') =>
    database(options).replace('host: 127.0.0.1', `host: ${host}`);
  const destination = (endpoint: string) =>
    rightConfig.replace(
      'destinations:\n',
      `destinations:\n  s3: { driver: s3, bucket: b, endpoint: '${endpoint}' }\n`,
    );
  const queue = (options: string) => rightConfig.replace('{ url: ${REDIS_URL} }', options);

  it.each([
    ['apps.shop.databases[0].tls.rejectUnauthorized', database('tls: { rejectUnauthorized: false }')],
    ['apps.shop.databases[0].extraArguments[0]', database('extraArguments: [--skip-ssl]')],
    ['apps.shop.databases[0].extraArguments[0]', database('extraArguments: [--ssl-mode=REQUIRED]')],
    ['apps.shop.databases[0].extraArguments[0]', database('extraArguments: [--ssl-verify-server-cert=0]')],
    [
      'queue.redis.tls.rejectUnauthorized',
      queue("{ url: 'rediss://r', redis: { tls: { rejectUnauthorized: false } } }"),
    ],
    ['queue.url', queue("{ url: 'postgres://p/q?sslmode=no-verify' }")],
    ['destinations.s3.endpoint', destination('http://s3.example.com')],
    ['destinations.s3.endpoint', destination('http://127.example.com:9000')],
    ['queue.url', queue("{ url: 'redis://:hush@redis.example.com' }")],
    ['queue.url', queue("{ url: 'postgres://me:hush@db.example.com/q' }")],
    ['queue.url', queue("{ url: 'postgres://db.example.com/q?sslmode=disable' }")],
    ['queue.redis', queue('{ redis: { name: m, sentinels: [{ host: 203.0.113.5, port: 26379 }] } }')],
    ['queue.redis', queue("{ redis: { cluster: [{ host: 10.0.0.1 }, { host: '2001:db8::1' }] } }")],
    ['apps.shop.databases[0].host', databaseAt('db.example.com')],
    ['apps.shop.databases[0].host', databaseAt('172.32.0.1')],
    [
      'chat.telegram.apiRoot',
      `${rightConfig}chat: { telegram: { token: "1:ABC-DEF", apiRoot: 'http://bots.example.com' } }`,
    ],
  ])('is doubted by its place: %s', (place, text) => {
    const doubts = doubtsOf(text);

    expect(doubts).toEqual([expect.stringMatching(/ (Remove|Say) /)]);
    expect(doubts[0]?.split(': ')[0]).toBe(place);
  });

  it.each([
    ['checked TLS', database('tls: { rejectUnauthorized: true }')],
    ['an address of this machine', destination('http://127.0.0.1:9000')],
    ['an address of the own network', destination('http://192.168.1.9:9000')],
    ['a container', destination('http://minio:9000')],
    ['Redis with TLS', queue("{ url: 'rediss://redis.example.com' }")],
    ['Redis with TLS in its options', queue("{ url: 'redis://redis.example.com', redis: { tls: {} } }")],
    ['Redis on this machine', queue("{ url: 'redis://[::1]:6379' }")],
    ['Redis in the own network', queue("{ url: 'redis://:hush@10.1.2.3' }")],
    ['a queue with TLS', queue("{ url: 'postgres://db.example.com/q?sslmode=verify-full' }")],
    ['a database with TLS', databaseAt('db.example.com', 'tls: true')],
    ['a database with an authority of its own', databaseAt('db.example.com', 'tls: { ca: /ca.pem }')],
    ['a database behind a socket', databaseAt('db.example.com', 'socket: /run/mysqld/mysqld.sock')],
    ['a database of the own network', databaseAt('db.internal')],
    ['HTTPS', destination('https://s3.example.com')],
    ['other arguments', database('extraArguments: [--max-allowed-packet=256M]')],
  ])('is not doubted for %s', (_, text) => {
    expect(doubtsOf(text)).toEqual([]);
  });

  it('is any server when Node.js itself is told not to look', () => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };

    expect(doubtsOf(rightConfig, { env })).toEqual([
      expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED is 0'),
    ]);
  });
});
