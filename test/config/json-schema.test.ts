import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/json-schema.ts';
import { botPart, workerPart } from '../../src/config/parts.ts';
import { readConfig } from '../../src/config/read.ts';

const examplePath = new URL('../../holdfast.example.yml', import.meta.url).pathname;
const schemaPath = new URL('../../holdfast.schema.json', import.meta.url).pathname;
const env = {
  REDIS_URL: 'redis://127.0.0.1',
  SHOP_DB_PASSWORD: 'secret',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
};

describe('the schema for editors', () => {
  it('is that of the program; else run `npm run --silent holdfast -- schema > holdfast.schema.json`', () => {
    expect(JSON.parse(readFileSync(schemaPath, 'utf8'))).toEqual(configSchema());
  });

  it('allows a placeholder where a text has to look like something', () => {
    const patterns = [
      ...JSON.stringify(configSchema()).matchAll(/"type":"string","pattern":("(?:[^"\\]|\\.)*")/g),
    ];

    expect(patterns.length).toBeGreaterThan(5);
    for (const [, pattern = ''] of patterns) expect('${NAME}').toMatch(new RegExp(JSON.parse(pattern), 'u'));
  });
});

describe('the example', () => {
  it('is a configuration that is right, for bot and worker', () => {
    const config = readConfig(examplePath, env);

    expect(botPart(config).apps).toMatchObject([{ name: 'shop' }]);
    expect(workerPart(config, 'default').apps.shop?.databases).toHaveLength(2);
  });

  it('shows every key there is', () => {
    const example = readFileSync(examplePath, 'utf8');

    const keys = keysOf(configSchema());

    expect(keys).toContain('busyTimeout');
    expect(keys.filter((key) => !new RegExp(`[\\s{]${key}:`).test(example))).toEqual([]);
  });

  it('has the schema beside it', () => {
    expect(readFileSync(examplePath, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\/holdfast\.schema\.json\n/,
    );
  });
});

function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([word, inside]) => [
    ...(word === 'properties' ? Object.keys(inside) : []),
    ...keysOf(inside),
  ]);
}
