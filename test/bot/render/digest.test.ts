import { describe, expect, it } from 'vitest';
import { render } from '../../../src/bot/render.ts';
import { consoleText } from '../../../src/chat/console-text.ts';
import type { AppFacts, DigestFacts } from '../../../src/domain/digest/digest-facts.ts';
import { makeDigest } from '../../../src/domain/digest/make-digest.ts';
import { toInstant } from '../../../src/domain/instant.ts';
import { monday, run, sinceFriday, wellApp } from '../../domain/digest/app-facts.ts';

function message(apps: readonly AppFacts[], facts: Partial<DigestFacts> = {}) {
  return render(makeDigest({ ...sinceFriday, ...facts, apps }), monday);
}

function text(apps: readonly AppFacts[], facts: Partial<DigestFacts> = {}): string {
  return consoleText(message(apps, facts), 'Europe/Brussels');
}

const failing = (app: string) =>
  wellApp(app, { runs: [run(0.1, { outcome: 'failed', reason: 'Access denied.' })] });
const many = (count: number, make: (app: string) => AppFacts) =>
  Array.from({ length: count }, (_, at) => make(`app-${at}`));

describe('a digest, in words', () => {
  it('says all that matters in its title', () => {
    const titles = [
      [wellApp('shop'), wellApp('blog')],
      [wellApp('shop')],
      [wellApp('wiki'), failing('shop'), failing('blog')],
      [...many(5, failing), wellApp('shop')],
      [],
    ].map((apps) => text(apps).split('\n')[0]);

    expect(titles).toEqual([
      '✔ Digest: all 2 apps are well; 2 runs',
      '✔ Digest: the only app is well; 1 run',
      '✖ Digest: 2 of 3 apps are not well: blog and shop; 3 runs, 2 failed',
      '✖ Digest: 5 of 6 apps are not well: app-0, app-1, app-2 and 2 more; 6 runs, 5 failed',
      '✔ Digest: there is no app; 0 runs',
    ]);
  });

  it('tells of each app what is newest, what is stored and what comes next', () => {
    const places = [
      {
        reachable: true as const,
        destination: 'disk',
        totalInBytes: 2048,
        newestAt: toInstant(monday.minus({ hours: 5 })),
      },
      {
        reachable: true as const,
        destination: 's3',
        totalInBytes: 1024,
        newestAt: toInstant(monday.minus({ days: 2 })),
      },
    ];
    const shop = wellApp('shop', {
      found: { places, problems: [] },
      before: { disk: 1024, s3: 1024 },
      nextRunAt: toInstant(monday.plus({ hours: 19 })),
    });

    expect(text([shop, failing('blog')]).split('\n')).toEqual([
      '✖ Digest: 1 of 2 apps is not well: blog; 2 runs, 1 failed',
      '  from 2026-11-20 08:00:00 GMT+1 to 2026-11-23 08:00:00 GMT+1: 1000 B stored; the destinations hold 4.0 KiB (+1.0 KiB)',
      '  In 30 days: 2 runs, 1 failed',
      '  ✖ blog: Its last run failed: Access denied.',
      '  app     newest                    storage             runs         next run',
      '  ✖ blog  5 h ago                   1000 B of 9.8 KiB   1, 1 failed',
      '  ✔ shop  disk 5 h ago, s3 2 d ago  3.0 KiB (+1.0 KiB)  1            in 19 h',
    ]);
  });

  it('says so when it is late, when a group is silent, and what is muted', () => {
    const { found: _, ...unheard } = wellApp('wiki', { group: 'web1' });
    const muted = { until: toInstant(monday.plus({ hours: 2 })), reason: 'moving house' };

    const said = text([unheard, wellApp('shop', { muted })], {
      late: true,
      dueAt: toInstant(monday.minus({ hours: 1 })),
    });

    expect(said).toContain('! Digest: of 1 of 2 apps nothing is known; 2 runs (late)');
    expect(said).toContain('It was due 2026-11-23 07:00:00 GMT+1 and is late: nobody was there to tell it.');
    expect(said).toContain('? Worker group web1 could not be asked about wiki: it did not answer.');
    expect(said).toContain('muted: shop until 2026-11-23 10:00:00 GMT+1: moving house');
  });

  it('stays a message however many apps there are, and says of how many it does not speak', () => {
    const well = text(many(2_000, wellApp));
    const ill = text(many(2_000, failing));

    expect(well).toContain('all 2,000 apps are well');
    expect(well).toContain('and 1,988 more are well');
    expect(well.length).toBeLessThan(2_000);
    expect(ill).toContain('Not well either: ');
    expect(ill).toContain(' and 1,920 more; see /backup monitor');
    expect(ill.length).toBeLessThan(6_000);
    const muted = { until: toInstant(monday.plus({ hours: 2 })) };
    const quiet = text(many(500, (app) => wellApp(app, { muted })));
    expect(quiet).toContain('and 480 more are well');
    expect(quiet).toContain('muted, too: app-');
    expect(quiet.length).toBeLessThan(4_000);
  });

  it('has a picture that says in words what it shows, where one is wanted', () => {
    const { picture } = message([failing('shop'), wellApp('blog')]);

    expect(picture).toMatchObject({
      name: 'digest.png',
      alt: 'Backups in the 30 days until 2026-11-23: shop 1 failed, none stored, 1000 B of 9.8 KiB; blog 1000 B, 1000 B of 9.8 KiB.',
    });
    expect(message([wellApp('blog')], { withPicture: false })).not.toHaveProperty('picture');
  });
});
