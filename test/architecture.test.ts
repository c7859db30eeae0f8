import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, describe, expect, it } from 'vitest';

/** Where each library may be imported; nowhere else. To replace one is to rewrite its home. */
const homes: Record<string, string> = {
  '@aws-sdk': '^src/destinations/s3/',
  '@napi-rs/canvas': '^src/bot/digest/picture/canvas\\.ts$',
  '@electric-sql/pglite': '^src/store/embedded/',
  '@slack/bolt': '^src/chat/slack/',
  archiver: '^src/archive/tar/',
  bullmq: '^src/queue/bullmq/',
  'chart.js': '^src/bot/digest/picture/chart\\.ts$',
  commander: '^src/cli\\.ts$',
  'cron-parser': '^src/domain/schedule/cron\\.ts$',
  'fastest-levenshtein': '^src/domain/did-you-mean\\.ts$',
  ioredis: '^src/store/(redis|store)\\.ts$',
  // The demo's guestbook is an application of its own, which happens to use SQLite too.
  libsql: '^src/(databases/sqlite/sqlite-file|cli/demo/guestbook-database)\\.ts$',
  mysql2: '^src/databases/mysql/',
  mysqldump: '^src/databases/mysql/embedded/',
  pg: '^src/store/postgres\\.ts$',
  picomatch: '^src/archive/exclude\\.ts$',
  pino: '^src/log\\.ts$',
  'prom-client': '^src/ops/metrics/prometheus\\.ts$',
  telegraf: '^src/chat/telegram/api\\.ts$',
};

const families = 'archive|chat|databases|destinations|ops|queue|state|store';

const rules: IForbiddenRuleType[] = [
  {
    name: 'the domain imports itself, luxon, zod, a cron parser and the likeness of words; nothing else',
    from: { path: '^src/domain/' },
    to: {
      pathNot: ['^src/domain/', '^node_modules/(luxon|zod|cron-parser|fastest-levenshtein|@types/luxon)/'],
    },
  },
  {
    name: 'capabilities do not know each other; only queue and state stand on the store',
    from: { path: `^src/(${families})/` },
    to: { path: `^src/(${families})/`, pathNot: ['^src/$1/', '^src/store/'] },
  },
  {
    name: 'only queue and state stand on the store',
    from: { path: `^src/(?!store|queue|state|cli|config)` },
    to: { path: '^src/store/' },
  },
  {
    name: 'capabilities import neither the bot, the configuration nor the command line',
    from: { path: `^src/(${families})/` },
    to: { path: '^src/(bot|config|cli)' },
  },
  {
    name: 'the bot holds no storage or database credentials: it never reaches destinations, databases or archive',
    from: { path: '^src/bot/' },
    to: { path: '^src/(destinations|databases|archive|config|store)/' },
  },
  {
    name: 'a worker holds no chat tokens: it never reaches chat or bot',
    from: { path: '^workers/' },
    to: { path: '^src/(chat|bot|cli)' },
  },
  {
    name: 'jobs and the bot are written against ports: only what opens the apps names a registry, and nobody a driver',
    from: { path: '^(src/bot|workers)/', pathNot: '^workers/open-apps\\.ts$' },
    to: { path: '^src/(destinations|databases|chat|queue|state)/', pathNot: portsAndParts() },
  },
  {
    name: 'src never imports workers, but for the command line that starts them',
    from: { path: '^src/', pathNot: '^src/cli/' },
    to: { path: '^workers/' },
  },
  { name: 'nothing imports test', from: { path: '^(src|workers)/' }, to: { path: '^(test|bench)/' } },
  { name: 'no cycles', from: {}, to: { circular: true } },
  ...Object.entries(homes).map(([library, home]) => ({
    name: `${library} has one home`,
    from: { path: '^(src|workers)/', pathNot: home },
    to: { path: `^node_modules/(@types/)?${library}/` },
  })),
];

/** What a job or the bot may know of a family: its port, what crosses it, and the parts that are no drivers. */
function portsAndParts(): string[] {
  return [
    '^src/destinations/(destination|fan-out|compare|copy|read-whole|remove-worthless)\\.ts$',
    '^src/databases/dumper\\.ts$',
    '^src/chat/(platform|message)\\.ts$',
    '^src/queue/(queue|contracts|keep-trying)\\.ts$',
    '^src/state/(state|in-turn)\\.ts$',
  ];
}

describe('who may import whom', () => {
  let result: ICruiseResult;

  beforeAll(async () => {
    const { output } = await cruise(
      ['src', 'workers'],
      {
        ruleSet: { forbidden: rules },
        validate: true,
        tsPreCompilationDeps: true,
        doNotFollow: { path: 'node_modules' },
      },
      {},
      { tsConfig: extractTSConfig('tsconfig.json') },
    );
    result = output as ICruiseResult; // Without a reporter the output is the result itself.
  }, 60_000);

  it('sees the modules it judges', () => {
    const seen = result.modules.map(({ source }) => source);

    expect(seen).toContain('src/domain/command.ts');
    expect(seen).toContain('workers/run-backup.ts');
    expect(seen.some((source) => source.includes('node_modules/bullmq'))).toBe(true);
  });

  it.each(rules.map(({ name }) => name ?? ''))('%s', (name) => {
    const broken = result.summary.violations.filter(({ rule }) => rule.name === name);

    expect(broken.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});
