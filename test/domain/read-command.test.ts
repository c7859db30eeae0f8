import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Command, Verb } from '../../src/domain/command.ts';
import type { Known } from '../../src/domain/known-names.ts';
import { readCommand } from '../../src/domain/read-command.ts';
import { Report } from '../../src/domain/report.ts';
import { writeCommand } from '../../src/domain/write-command.ts';

/** Somebody who may use `shop`, `shop-eu` and `blog`; `payroll` is there, but not theirs. */
const known: Known = {
  apps: ['shop', 'shop-eu', 'blog', 'payroll'],
  allowed: () => ['shop', 'shop-eu', 'blog'],
  destinations: (app) => (app === 'payroll' ? ['vault'] : ['disk', 's3', 'big disk']),
  runs: [
    { runId: 'r_2shop', app: 'shop', unfinished: false },
    { runId: 'r_7shop', app: 'shop', unfinished: true },
    { runId: 'r_9blog', app: 'blog', unfinished: true },
    { runId: 'r_4payr', app: 'payroll', unfinished: true },
  ],
};

const runShop = { verb: 'run', app: 'shop', to: [] };

describe('words that are a command', () => {
  it.each<[string, object]>([
    ['run shop', runShop],
    ['RUN shop', runShop],
    ['/backup run shop', runShop],
    ['backup run shop', runShop],
    ['/backup@holdfast_bot run shop', runShop],
    ['run SHOP', runShop],
    ['run “shop”', runShop],
    ['run --only-db shop', { ...runShop, only: 'db' }],
    ['run shop —only-files', { ...runShop, only: 'files' }],
    ['run shop --ONLY-DB', { ...runShop, only: 'db' }],
    ['run shop --to disk', { ...runShop, to: ['disk'] }],
    ['run --to disk shop', { ...runShop, to: ['disk'] }],
    ['run shop --to=disk --to “big disk”', { ...runShop, to: ['disk', 'big disk'] }],
    ['run shop --to="big disk"', { ...runShop, to: ['big disk'] }],
    ['run shop --to disk --to DISK', { ...runShop, to: ['disk'] }],
    ['list', { verb: 'list' }],
    ['ls blog', { verb: 'list', app: 'blog' }],
    ['clean shop', { verb: 'clean', app: 'shop', at: [] }],
    ['clean shop --at s3 —dry-run', { verb: 'clean', app: 'shop', at: ['s3'], how: 'dry-run' }],
    ['clean shop --plan 0k3x9qf7a2b', { verb: 'clean', app: 'shop', at: [], plan: '0k3x9qf7a2b' }],
    ['verify shop', { verb: 'verify', app: 'shop', at: [] }],
    ['verify shop --due', { verb: 'verify', app: 'shop', at: [], which: 'due' }],
    ['verify shop --at s3 —all', { verb: 'verify', app: 'shop', at: ['s3'], which: 'all' }],
    ['status', { verb: 'status' }],
    ['ps', { verb: 'status' }],
    ['status r_2shop', { verb: 'status', run: 'r_2shop' }],
    ['cancel R_7SHOP', { verb: 'cancel', run: 'r_7shop' }],
    ['cancel shop', { verb: 'cancel', run: 'r_7shop' }],
    ['retry r_2shop', { verb: 'retry', run: 'r_2shop' }],
    ['whoami', { verb: 'whoami' }],
    ['', { verb: 'help' }],
    ['/backup', { verb: 'help' }],
    ['?', { verb: 'help' }],
    ['-h', { verb: 'help' }],
    ['help ls', { verb: 'help', topic: 'list' }],
    ['run --help', { verb: 'help', topic: 'run' }],
    ['run shop —help', { verb: 'help', topic: 'run' }],
  ])('%j', (typed, command) => {
    expect(readCommand(typed, known)).toEqual({ kind: 'command', command });
  });
});

describe('words that are not quite a command', () => {
  it.each<[string, number, string, string[]]>([
    ['rnu shop', 0, 'There is no command called "rnu"; there are run, list, clean, ', ['run shop']],
    ['/backup rnu  "shop"', 8, 'There is no command called "rnu"', ['run  "shop"']],
    [
      'blog',
      0,
      'There is no command called "blog"',
      ['run blog', 'list blog', 'clean blog', 'verify blog', 'monitor blog', 'mute blog', 'unmute blog'],
    ],
    ['payroll', 0, 'There is no command called "payroll"', []],
    ['constructor', 0, 'There is no command called "constructor"', []],
    ['run shpo', 4, 'There is no app called "shpo"; there are shop, shop-eu and blog.', ['run shop']],
    ['list blgo', 5, 'There is no app called "blgo"', ['list blog']],
    ['run payrol', 4, 'There is no app called "payrol"', []],
    ['run "?"', 4, 'There is no app called "?"', []],
    ['run ""', 4, 'There is no app called ""', []],
    ['help rnu', 5, 'There is no command called "rnu"', ['help run']],
    [
      'run shop --onyl-db',
      9,
      'run has no flag "--onyl-db"; it has --only-db, --only-files and --to.',
      ['run shop --only-db'],
    ],
    ['run shop -only-db', 9, 'run has no flag "-only-db"', ['run shop --only-db']],
    ['run shop --ot=disk', 9, 'run has no flag "--ot"', ['run shop --to=disk']],
    ['list shop --only-db', 10, 'list has no flag "--only-db".', []],
    ['run shop --only-db=yes', 9, '--only-db takes no value.', ['run shop --only-db']],
    ['run --only-db=shop', 4, '--only-db takes no value.', ['run --only-db']],
    ['run shop --only-db --only-db', 19, '--only-db is given twice.', ['run shop --only-db']],
    [
      'run shop --only-db --only-files',
      19,
      '--only-db and --only-files exclude each other.',
      ['run shop --only-db', 'run shop --only-files'],
    ],
    [
      'run shop --to',
      9,
      '--to needs the name of a destination of shop behind it; there are disk, s3 and big disk.',
      ['run shop --to disk', 'run shop --to s3', 'run shop --to "big disk"'],
    ],
    [
      'run shop --to=',
      9,
      '--to needs',
      ['run shop --to disk', 'run shop --to s3', 'run shop --to "big disk"'],
    ],
    [
      'run shop --to --only-db',
      9,
      '--to needs',
      ['run shop --to disk --only-db', 'run shop --to s3 --only-db', 'run shop --to "big disk" --only-db'],
    ],
    [
      'run shop --to dsik',
      14,
      'There is no destination of shop called "dsik"; there are disk, s3 and big disk.',
      ['run shop --to disk'],
    ],
    [
      'run shop --to=dsik --only-db',
      14,
      'There is no destination of shop called "dsik"',
      ['run shop --to=disk --only-db'],
    ],
    ['schedule pause shop 2x', 20, 'There is no length of time called "2x"', ['schedule pause shop 2h']],
    [
      'schedule stop shop',
      9,
      'There is no change of a schedule called "stop"; there are pause and resume.',
      [],
    ],
    ['run shop now', 9, 'run does not know what to do with "now".', ['run shop']],
    ['run shop only-db', 9, 'run does not know what to do with "only-db".', ['run shop --only-db']],
    ['status now', 7, 'There is no run called "now"; there are r_7shop and r_9blog.', []],
    ['status shop-eu', 7, 'shop-eu has had no run in the last 30 days.', []],
    ['whoami shop', 7, 'whoami does not know what to do with "shop".', ['whoami']],
    ['cancel r_9blgo', 7, 'There is no run called "r_9blgo"; there are', ['cancel r_9blog']],
    [
      'clean shop --dry-run --yes',
      21,
      '--dry-run and --yes exclude each other.',
      ['clean shop --dry-run', 'clean shop --yes'],
    ],
    ['clean shop --plan 0k3x9qf7a2b --plan 1k3x9qf7a2b', 30, '--plan is given twice.', []],
    ['clean shop --plan latest', 18, 'There is no plan called "latest".', []],
    ['run "shop', 4, 'The quote " is opened and never closed.', []],
    ['run „shop', 4, 'The quote „ is opened and never closed.', []],
  ])('%j is told, with what was likely meant', (typed, column, problem, didYouMean) => {
    const reading = readCommand(typed, known);

    expect(reading).toMatchObject({ kind: 'not-understood', words: typed, column, didYouMean });
    expect(reading).toHaveProperty('problem', expect.stringContaining(problem));
  });

  it('tells the first of several problems', () => {
    const reading = readCommand('run shpo --onyl-db now', known);

    expect(reading).toMatchObject({ column: 4, didYouMean: ['run shop --onyl-db now'] });
  });

  it('says which verb it did understand', () => {
    expect(readCommand('run shpo', known)).toHaveProperty('verb', 'run');
    expect(readCommand('rnu shop', known)).not.toHaveProperty('verb');
  });

  it('does not choose between names that differ only in case', () => {
    const twins = { ...known, apps: ['Shop', 'shop'], allowed: () => ['Shop', 'shop'] };

    expect(readCommand('run shop', twins)).toMatchObject({ command: { app: 'shop' } });
    expect(readCommand('run SHOP', twins)).toMatchObject({ didYouMean: ['run Shop', 'run shop'] });
  });

  it('cuts a very long word in the sentence about it', () => {
    const reading = readCommand('x'.repeat(10_000), known);

    expect(reading).toHaveProperty('problem', expect.stringMatching(/^.{60,200}$/));
  });

  it('lists at most ten names', () => {
    const apps = Array.from({ length: 14 }, (_, i) => `app-${i}`);

    const reading = readCommand('run nothing', { ...known, apps, allowed: () => apps });

    expect(reading).toHaveProperty('problem', expect.stringContaining('app-9 and 4 more.'));
  });
});

describe('an app the asker may not use', () => {
  it('is read as any other, so that it is refused and not called unknown', () => {
    expect(readCommand('run payroll', known)).toMatchObject({ command: { verb: 'run', app: 'payroll' } });
  });

  it('does not give away its destinations', () => {
    const reading = readCommand('run payroll --to valut', known);

    expect(reading).toMatchObject({ command: { app: 'payroll', to: ['valut'] } });
  });
});

describe('a run of no app', () => {
  it('is for the only app there is to choose', () => {
    const one = { ...known, allowed: () => ['shop'] };

    expect(readCommand('run --to disk', one)).toEqual({
      kind: 'command',
      command: { verb: 'run', app: 'shop', to: ['disk'] },
    });
    expect(readCommand('run --to dsik', one)).toMatchObject({ didYouMean: ['run --to disk'] });
  });

  it('lists whole commands when there are several', () => {
    expect(readCommand('/backup run --only-db', known)).toEqual({
      kind: 'choose-app',
      verb: 'run',
      apps: ['shop', 'shop-eu', 'blog'],
      commands: ['run shop --only-db', 'run shop-eu --only-db', 'run blog --only-db'],
    });
  });

  it('has nothing to list when none is allowed', () => {
    expect(readCommand('run', { ...known, allowed: () => [] })).toMatchObject({
      kind: 'choose-app',
      apps: [],
    });
  });
});

describe('a verb about a run, without one', () => {
  it('lists the unfinished ones of apps the asker may use, and never takes one by itself', () => {
    expect(readCommand('cancel', known)).toEqual({
      kind: 'choose-app',
      verb: 'cancel',
      apps: ['shop', 'blog'],
      commands: ['cancel r_7shop', 'cancel r_9blog'],
    });
    expect(readCommand('cancel', { ...known, allowed: () => ['blog'] })).toMatchObject({ apps: ['blog'] });
  });

  it('says so when there is none', () => {
    expect(readCommand('cancel', { ...known, runs: [] })).toMatchObject({
      kind: 'not-understood',
      problem: 'cancel needs the id of a run behind it, and none is unfinished.',
    });
    expect(readCommand('retry', known)).toMatchObject({
      kind: 'not-understood',
      problem: 'retry needs the id of a run behind it.',
    });
  });
});

describe('whatever is typed', () => {
  const pieces = [
    'run',
    'ls',
    'shop',
    'payroll',
    '--to',
    '--to=',
    '—',
    '-',
    '"',
    '”',
    '\\',
    '=',
    ' ',
    '\n',
    '\u200b',
    '?',
    'x',
  ];
  const soup = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })))
    .map((each) => each.join(''));

  it('never throws, and answers a command or a report', () => {
    fc.assert(
      fc.property(soup, (typed) => {
        const reading = readCommand(typed, known);

        const schema = reading.kind === 'command' ? Command : Report;
        schema.parse(reading.kind === 'command' ? reading.command : reading);
      }),
    );
  });

  it.each(['run shop --only-db', 'run blog --only-files', 'list shop-eu', 'help status', 'whoami'])(
    'suggests for one wrong letter in %j only what is understood',
    (typed) => {
      const slips = [...typed].flatMap((_, i) =>
        ['', 'x', 'q'].map((by) => typed.slice(0, i) + by + typed.slice(i + 1)),
      );

      const readings = slips.map((slip) => readCommand(slip, known));

      const suggested = readings.flatMap((each) => (each.kind === 'not-understood' ? each.didYouMean : []));
      expect(suggested).toContain(typed);
      expect(suggested.filter((each) => readCommand(each, known).kind === 'not-understood')).toEqual([]);
    },
  );
});

describe('a command that is written', () => {
  const appName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
  const runId = fc.stringMatching(/^r_[a-z2-9]{8}$/);
  const shopRun = { app: 'shop', unfinished: true };
  const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
  const command = fc
    .oneof(
      fc.record({
        verb: fc.constant('run'),
        app: appName,
        only: optional(fc.constantFrom('db', 'files')),
        to: fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 })),
      }),
      fc.record({ verb: fc.constant('list'), app: optional(appName) }),
      fc.record({ verb: fc.constant('help'), topic: optional(fc.constantFrom(...Verb.options)) }),
      fc.record({ verb: fc.constant('status'), run: optional(runId) }),
      fc.record({ verb: fc.constantFrom('cancel', 'retry'), run: runId }),
      fc.record({
        verb: fc.constant('clean'),
        app: appName,
        at: fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 })),
        how: optional(fc.constantFrom('dry-run', 'yes')),
        plan: optional(fc.stringMatching(/^[0-9a-z]{11}$/)),
      }),
      fc.record({
        verb: fc.constant('verify'),
        app: appName,
        at: fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1 })),
        which: optional(fc.constantFrom('all', 'due')),
      }),
      fc.record({ verb: fc.constant('whoami') }),
    )
    .map((fields) => Command.parse(JSON.parse(JSON.stringify(fields))));

  it('reads back as the same command', () => {
    fc.assert(
      fc.property(command, (wanted) => {
        const apps =
          'app' in wanted && wanted.app !== undefined ? [wanted.app, 'other'] : ['other', 'another'];
        const destinations = 'to' in wanted ? wanted.to : 'at' in wanted ? wanted.at : [];

        const reading = readCommand(writeCommand(wanted), {
          apps,
          allowed: () => apps,
          destinations: () => destinations,
          runs: 'run' in wanted && wanted.run !== undefined ? [{ ...shopRun, runId: wanted.run }] : [],
        });

        expect(reading).toEqual({ kind: 'command', command: wanted });
      }),
    );
  });

  it('has no more quotes than it needs', () => {
    const written = writeCommand({ verb: 'run', app: 'shop', only: 'db', to: ['disk', 'big disk', '--to'] });

    expect(written).toBe('run shop --only-db --to disk --to "big disk" --to "--to"');
  });
});
