import { describe, expect, it } from 'vitest';
import { workerPart } from '../../src/config/parts.ts';
import { complaintsOf, configFrom } from './config-file.ts';

const files = 'files: { include: [/srv/shop] }';

function complaints(destinations: readonly string[], apps: Readonly<Record<string, string>>): string[] {
  return complaintsOf(() => configFrom(written(destinations, apps)));
}

function written(destinations: readonly string[], apps: Readonly<Record<string, string>>): string {
  const each = Object.entries(apps).map(([app, named]) => `  ${app}: { ${files}, destinations: [${named}] }`);
  return ['destinations:', ...destinations.map((line) => `  ${line}`), 'apps:', ...each].join('\n');
}

describe('apps whose names differ in capitals alone', () => {
  const disk = 'disk: { driver: local, path: /backups }';

  it('are refused where both go to one destination, with both places', () => {
    expect(complaints([disk], { Shop: 'disk', shop: 'disk' })).toEqual([
      'holdfast.yml:5: apps.shop: It differs from apps.Shop in capitals alone, and both go to disk. Where capitals are not told apart they are one folder. Give one of them another name.',
    ]);
  });

  it.each([
    ['one folder under two names', [disk, 'again: { driver: local, path: /backups/ }']],
    [
      'one bucket under two names',
      ['disk: { driver: s3, bucket: b }', 'again: { driver: s3, bucket: b, partsInParallel: 2 }'],
    ],
  ])('are refused at %s', (_, destinations) => {
    expect(complaints(destinations, { Shop: 'disk', shop: 'again' })).toHaveLength(1);
  });

  it.each([
    ['two folders', [disk, 'again: { driver: local, path: /others }']],
    [
      'two prefixes of a bucket',
      ['disk: { driver: s3, bucket: b, prefix: a/ }', 'again: { driver: s3, bucket: b, prefix: c/ }'],
    ],
  ])('are taken when they go to %s', (_, destinations) => {
    expect(complaints(destinations, { Shop: 'disk', shop: 'again' })).toEqual([]);
  });
});

describe('an app that goes to one place twice', () => {
  it('is refused: the second would take no archive', () => {
    const destinations = [
      'disk: { driver: local, path: /backups }',
      'copy: { driver: local, path: /x/../backups }',
    ];

    expect(complaints(destinations, { shop: 'disk, copy' })).toEqual([
      'holdfast.yml:5: apps.shop.destinations[1]: "copy" is the same place as "disk": a copy of its own is needed. Take one of them out, or give it another place.',
    ]);
  });

  it('is refused once the placeholders are known, when they hid it', () => {
    const destinations = [
      'disk: { driver: local, path: /backups }',
      'copy: { driver: local, path: "${BACKUPS}" }',
    ];
    const config = configFrom(written(destinations, { shop: 'disk, copy' }), { BACKUPS: '/backups' });

    expect(complaintsOf(() => workerPart(config, 'default'))).toHaveLength(1);
  });
});
