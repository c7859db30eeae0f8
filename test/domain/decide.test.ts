import { describe, expect, it } from 'vitest';
import { AccessRule } from '../../src/domain/access-rule.ts';
import { decide } from '../../src/domain/decide.ts';
import { readAddress } from '../../src/domain/who.ts';

const apps = ['shop', 'shop-eu', 'payroll'];
const ops = 'slack:group:S1';
const ann = { who: { id: 'slack:T1/U1', groups: [] }, where: readAddress('slack:C1') };
const bob = { who: { id: 'slack:T1/U2', groups: [] }, where: readAddress('slack:C1') };
const console = { who: { id: 'console:me', groups: [] }, where: readAddress('console:1') };

const access = {
  apps,
  rules: [
    AccessRule.parse({ allow: ['run', 'list', 'clean'], who: ['slack:T1/U1'], apps: ['shop*'] }),
    AccessRule.parse({ allow: ['cancel'], who: ['slack:T1/U2'], apps: ['shop*'] }),
    AccessRule.parse({ allow: ['all'], who: [ops] }),
  ],
};

describe('what is done about words', () => {
  it('goes by the app of a run that is named', () => {
    expect(asks(bob, 'cancel r_shop')).toEqual({
      kind: 'command',
      command: { verb: 'cancel', run: 'r_shop' },
    });
    expect(asks(bob, 'cancel r_paid')).toMatchObject({ kind: 'refused', verb: 'cancel', app: 'payroll' });
    expect(asks(bob, 'cancel r_piad')).toMatchObject({ kind: 'not-understood', didYouMean: [] });
  });

  it('lets whoever may run an app retry its runs, and nobody else', () => {
    expect(asks(ann, 'retry r_shop')).toMatchObject({
      kind: 'command',
      command: { verb: 'retry', run: 'r_shop' },
    });
    expect(asks(ann, 'retry r_paid')).toMatchObject({ kind: 'refused', verb: 'retry', app: 'payroll' });
    expect(asks(bob, 'retry r_shop')).toMatchObject({ kind: 'refused', verb: 'retry' });
  });

  it('carries out what is allowed', () => {
    expect(asks(ann, 'run shop --to disk')).toEqual({
      kind: 'command',
      command: { verb: 'run', app: 'shop', to: ['disk'] },
    });
  });

  it('refuses what is not, and says who is refused, where, and whom to ask', () => {
    expect(asks(ann, 'run payroll')).toEqual({
      kind: 'refused',
      who: ann.who,
      where: 'slack:C1',
      verb: 'run',
      app: 'payroll',
      grantors: [ops],
    });
    expect(asks(ann, 'status')).toEqual({
      kind: 'refused',
      who: ann.who,
      where: 'slack:C1',
      verb: 'status',
      grantors: [ops],
    });
  });

  it.each([
    'run',
    'run shop',
    'run nothing',
    'run shop --to nowhere',
    'run --help',
    'list',
    'help',
    'whoami',
    '',
  ])('answers a stranger who asks for %j nothing but a refusal', (words) => {
    const stranger = { ...ann, who: { id: 'slack:T1/U9', groups: [] } };

    expect(asks(stranger, words)).toMatchObject({ kind: 'refused', who: { id: 'slack:T1/U9' } });
  });

  it.each(['run', 'list', 'payrol', 'run payrol', 'run PAYROLLS', 'list pay --to x'])(
    'never names an app to somebody who may not use it: %j',
    (words) => {
      expect(JSON.stringify(asks(ann, words))).not.toContain('payroll');
    },
  );

  it('never names a destination of such an app', () => {
    expect(asks(ann, 'run payroll --to valut')).toMatchObject({ kind: 'refused', app: 'payroll' });
    expect(asks(ann, 'run payroll --to')).not.toHaveProperty('problem', expect.stringContaining('vault'));
  });

  it('lets nobody in a chat clean what was not shown before', () => {
    expect(asks(ann, 'clean shop --yes --at disk')).toMatchObject({
      kind: 'not-understood',
      problem: expect.stringContaining('--yes is for the console and for schedules'),
      didYouMean: ['clean shop --at disk'],
    });
    expect(asks(ann, 'clean payroll --yes')).toMatchObject({ kind: 'refused' });
    expect(asks(ann, 'clean shop --dry-run')).toMatchObject({ kind: 'command' });
    expect(asks(console, 'clean shop --yes')).toMatchObject({ kind: 'command', command: { how: 'yes' } });
  });

  it('lets somebody with no rights say and answer a code, unless a rule denies them that', () => {
    const stranger = { ...ann, who: { id: 'slack:T1/U9', groups: [] } };
    const denied = {
      ...access,
      rules: [...access.rules, { deny: ['link' as const], who: [stranger.who.id] }],
    };
    const names = { destinationsOf: () => [], runs: [] };

    for (const words of ['link lk_1', 'link lk_1 --accept', 'link lk_1 --refuse']) {
      expect(decide(words, stranger, access, names)).toMatchObject({ kind: 'command' });
      expect(decide(words, stranger, denied, names)).toMatchObject({ kind: 'refused', verb: 'link' });
    }
    for (const words of ['link', 'link --remove', 'link lk_1 --remove'])
      expect(decide(words, stranger, access, names)).toMatchObject({ kind: 'refused' });
  });

  it('lets the console do what nobody else may', () => {
    expect(asks(console, 'run payroll')).toMatchObject({ kind: 'command' });
    expect(asks(console, 'run')).toMatchObject({ kind: 'choose-app', apps });
  });
});

function asks(asker: typeof ann, words: string) {
  return decide(words, asker, access, {
    destinationsOf: (app) => (app === 'payroll' ? ['vault'] : ['disk']),
    runs: [
      { runId: 'r_shop', app: 'shop', unfinished: true },
      { runId: 'r_paid', app: 'payroll', unfinished: true },
    ],
  });
}
