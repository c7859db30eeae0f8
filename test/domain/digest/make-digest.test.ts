import { describe, expect, it } from 'vitest';
import { DigestReport } from '../../../src/domain/digest/digest-report.ts';
import { makeDigest } from '../../../src/domain/digest/make-digest.ts';
import { run, sinceFriday, wellApp } from './app-facts.ts';

const place = (destination: string, totalInBytes: number) => ({
  reachable: true as const,
  destination,
  totalInBytes,
});

describe('a digest', () => {
  it('counts the runs since the last one, and what they stored; cancelled ones are none', () => {
    const runs = [
      run(3.1, { sizeInBytes: 7 }),
      run(3, { sizeInBytes: 70 }),
      run(2, { outcome: 'failed' }),
      run(1.5, { outcome: 'cancelled' }),
      run(1, { outcome: 'partly', sizeInBytes: 300 }),
      run(0, { sizeInBytes: 5_000 }),
    ];

    const { totals, apps } = makeDigest({ ...sinceFriday, apps: [wellApp('shop', { runs })] });

    expect(totals).toMatchObject({ apps: 1, runs: 3, failures: 2, storedInBytes: 5_300 });
    expect(totals.recent).toEqual({ runs: 5, failures: 2 });
    expect(apps).toMatchObject([{ app: 'shop', state: 'well', runs: 3, failures: 2 }]);
  });

  it('tells how much is stored and how that has changed, where the last one knew', () => {
    const found = { places: [place('disk', 500), place('s3', 700)], problems: [] };

    const { totals, apps } = makeDigest({
      ...sinceFriday,
      apps: [wellApp('shop', { found, before: { disk: 600, tape: 9 } }), wellApp('new', { found })],
    });

    expect(totals).toMatchObject({ storageInBytes: 2_400, changeInBytes: -100 });
    expect(apps.map(({ places }) => places)).toMatchObject([
      [{ destination: 'disk' }, { destination: 's3' }],
      [
        { destination: 'disk', changeInBytes: -100 },
        { destination: 's3', totalInBytes: 700 },
      ],
    ]);
    expect(apps[1]?.places[1]).not.toHaveProperty('changeInBytes');
  });

  it('says why an app is not well: its last run, and what was found', () => {
    const places = [{ reachable: false as const, destination: 's3', writeOnly: false }];
    const apps = [
      wellApp('failed', { runs: [run(1), run(0.5, { outcome: 'failed', reason: 'Access denied.' })] }),
      wellApp('again', { runs: [run(1, { outcome: 'failed' }), run(0.5)] }),
      wellApp('partly', { runs: [run(0.5, { outcome: 'partly' }), run(0.1, { outcome: 'cancelled' })] }),
      wellApp('away', { found: { places, problems: ['s3 was not reached.'] } }),
    ];

    const digest = makeDigest({ ...sinceFriday, apps });

    expect(Object.fromEntries(digest.apps.map(({ app, problems }) => [app, problems]))).toEqual({
      failed: ['Its last run failed: Access denied.'],
      partly: ['Its last run reached only some of its destinations.'],
      away: ['s3 was not reached.'],
      again: [],
    });
    expect(digest.totals).toMatchObject({ apps: 4, unwell: 3, unknown: 0 });
  });

  it('names every one of two thousand apps that is not well, first, and of the others a few', () => {
    const apps = Array.from({ length: 2_000 }, (_, at) =>
      wellApp(`app-${at}`, at % 20 === 7 ? { runs: [run(1, { outcome: 'failed' })] } : {}),
    );

    const digest = makeDigest({ ...sinceFriday, apps });

    const states = digest.apps.map(({ state }) => state);
    expect(states.filter((state) => state === 'unwell')).toHaveLength(100);
    expect(states.lastIndexOf('unwell')).toBe(99);
    expect(states.length).toBeLessThan(130);
    expect(digest.totals).toMatchObject({ apps: 2_000, unwell: 100 });
  });

  it('names muted apps among thousands, and whom a silent group knows', () => {
    const muted = { until: '2026-11-24T00:00:00.000Z', reason: 'moving house' };
    const { found: _, ...unheard } = wellApp('blog', { group: 'web1' });
    const many = Array.from({ length: 100 }, (_, at) => wellApp(`app-${at}`, { runs: [] }));

    const digest = makeDigest({
      ...sinceFriday,
      apps: [...many, wellApp('zoo', { muted }), unheard],
      troubles: new Map([['web1', 'Its file names no blog.']]),
    });

    expect(digest.apps.find(({ app }) => app === 'zoo')).toMatchObject({ state: 'well', muted });
    expect(digest.silent).toEqual([{ group: 'web1', apps: ['blog'], reason: 'Its file names no blog.' }]);
    expect(digest.totals).toMatchObject({ unwell: 0, unknown: 1 });
  });

  it('is what can cross the queue', () => {
    const digest = makeDigest({ ...sinceFriday, apps: [wellApp('shop')] });

    expect(DigestReport.parse(JSON.parse(JSON.stringify(digest)))).toEqual(digest);
  });
});

describe('the picture of a digest', () => {
  const picture = (apps: ReturnType<typeof wellApp>[]) => makeDigest({ ...sinceFriday, apps }).picture;

  it('shows the largest archive and the failures of each of thirty days, in the zone of the digest', () => {
    const late = '2026-11-21T23:30:00.000Z'; // On the 22nd in Brussels.
    const runs = [
      run(31),
      run(29, { sizeInBytes: 10 }),
      run(1.2, { finishedAt: late, sizeInBytes: 5 }),
      run(1, { runId: 'larger', sizeInBytes: 8 }),
      run(0.1, { outcome: 'failed' }),
      run(0.05, { outcome: 'partly', sizeInBytes: 0 }),
    ];

    const shown = picture([wellApp('shop', { runs })]);

    expect(shown).toMatchObject({ lastDay: '2026-11-23', zone: 'Europe/Brussels' });
    expect(shown?.rows[0]).toMatchObject({
      label: 'shop',
      sizes: [10, ...Array(27).fill(null), 8, 0],
      failures: [...Array(29).fill(0), 2],
    });
  });

  it('keeps its days apart when the clocks change', () => {
    const at = (finishedAt: string) => run(0, { runId: finishedAt, finishedAt });
    const runs = [
      at('2026-10-24T22:30:00.000Z'),
      at('2026-10-25T22:30:00.000Z'),
      at('2026-10-25T23:30:00.000Z'),
    ];

    const [row] = picture([wellApp('shop', { runs })])?.rows ?? [];

    expect(row?.sizes.slice(0, 3)).toEqual([1000, 1000, null]);
  });

  it('shows those that are not well, the largest, and the others together', () => {
    const sized = (size: number) => ({
      runs: [run(0, { sizeInBytes: size })],
      found: { places: [{ ...place('disk', size), limitInBytes: 100 }], problems: [] },
    });
    const apps = Array.from({ length: 20 }, (_, at) => wellApp(`app-${at}`, sized(at)));

    const rows =
      picture([...apps, wellApp('ill', { ...sized(0), runs: [run(0, { outcome: 'failed' })] })])?.rows ?? [];

    expect(rows.map(({ label }) => label)).toEqual([
      'ill',
      'app-19',
      'app-18',
      'app-17',
      'app-16',
      'app-15',
      'app-14',
      '14 others',
    ]);
    expect(rows.at(-1)).toMatchObject({ storageInBytes: 91, limitInBytes: 1_400, marked: false });
    expect(rows.at(-1)?.sizes.at(-1)).toBe(91);
  });

  it('holds storage against a limit only where every destination has one', () => {
    const limited = { ...place('disk', 5), limitInBytes: 10 };
    const apps = [
      wellApp('both', { found: { places: [limited, { ...limited, destination: 's3' }], problems: [] } }),
      wellApp('one', { found: { places: [limited, place('s3', 1)], problems: [] } }),
    ];

    expect(picture(apps)?.rows).toMatchObject([
      { label: 'both', storageInBytes: 10, limitInBytes: 20 },
      { label: 'one', storageInBytes: 6 },
    ]);
    expect(picture(apps)?.rows[1]).not.toHaveProperty('limitInBytes');
  });

  it('is left out where nobody wants it', () => {
    expect(makeDigest({ ...sinceFriday, withPicture: false, apps: [wellApp('shop')] })).not.toHaveProperty(
      'picture',
    );
  });
});
