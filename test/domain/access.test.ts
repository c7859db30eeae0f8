import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Access,
  type Asker,
  allowedApps,
  allowedVerbs,
  grantors,
  groupsToKnow,
  mayAsk,
  type Standing,
} from '../../src/domain/access.ts';
import { AccessRule } from '../../src/domain/access-rule.ts';
import { Verb } from '../../src/domain/command.ts';
import { readAddress } from '../../src/domain/who.ts';

const apps = ['shop', 'shop-eu', 'blog'];
const ann = 'slack:T1/U1';
const bob = 'slack:T1/U2';
const ops = 'slack:group:S1';

describe('who may ask for what, where', () => {
  it.each<[string, object[], string, boolean]>([
    ['what a rule allows, is allowed', [{ allow: ['run'], who: [ann] }], 'run shop', true],
    ['nothing else is', [{ allow: ['run'], who: [ann] }], 'list shop', false],
    ['nor to anybody else', [{ allow: ['run'], who: [bob] }], 'run shop', false],
    ['"all" is every verb', [{ allow: ['all'], who: [ann] }], 'list shop', true],
    ['a group is each of its people', [{ allow: ['run'], who: [ops] }], 'run shop', true],
    ['a place limits a rule to it', [{ allow: ['run'], who: [ann], where: ['slack:C2'] }], 'run shop', false],
    ['and holds in it', [{ allow: ['run'], who: [ann], where: ['slack:C2', 'slack:C1'] }], 'run shop', true],
    ['apps limit a rule to them', [{ allow: ['run'], who: [ann], apps: ['blog'] }], 'run shop', false],
    ['apps may be patterns', [{ allow: ['run'], who: [ann], apps: ['sh*'] }], 'run shop-eu', true],
    [
      'deny wins',
      [
        { deny: ['run'], who: [ops] },
        { allow: ['all'], who: [ann] },
      ],
      'run shop',
      false,
    ],
    [
      'in any order',
      [
        { allow: ['all'], who: [ann] },
        { deny: ['all'], who: [ann] },
      ],
      'run shop',
      false,
    ],
    [
      'for what it names',
      [
        { allow: ['all'], who: [ann] },
        { deny: ['run'], who: [ann] },
      ],
      'list shop',
      true,
    ],
    [
      'for the apps it names',
      [
        { allow: ['all'], who: [ann] },
        { deny: ['all'], who: [ann], apps: ['shop'] },
      ],
      'run blog',
      true,
    ],
    [
      'in the place it names',
      [
        { allow: ['all'], who: [ann] },
        { deny: ['all'], who: [ann], where: ['slack:C2'] },
      ],
      'run shop',
      true,
    ],
    ['a deny alone allows nothing', [{ deny: ['run'], who: [ann] }], 'list shop', false],
    ['without an app: for any app', [{ allow: ['list'], who: [ann], apps: ['blog'] }], 'list', true],
    ['but there must be one', [{ allow: ['list'], who: [ann], apps: ['gone-*'] }], 'list', false],
    ['help comes with whatever is allowed', [{ allow: ['run'], who: [ann] }], 'help', true],
    ['whoami too', [{ allow: ['run'], who: [ann], apps: ['blog'] }], 'whoami', true],
    ['but not where nothing is', [{ allow: ['run'], who: [ann], where: ['slack:C2'] }], 'help', false],
    [
      'and can be denied',
      [
        { allow: ['run'], who: [ann] },
        { deny: ['help'], who: [ann] },
      ],
      'help',
      false,
    ],
    ['with no rule there is no help either', [], 'help', false],
  ])('%s', (_, written, words, expected) => {
    const [verb, app] = words.split(' ');

    expect(mayAsk(accessOf(...written), annInC1(), Verb.parse(verb), app)).toBe(expected);
  });

  it('is known by id, never by name', () => {
    const access = accessOf({ allow: ['all'], who: [bob] });
    const pretender = { ...annInC1(), who: { id: ann, name: bob, groups: [] } };

    expect(mayAsk(access, pretender, 'run', 'shop')).toBe(false);
  });

  it('lists the apps and verbs somebody has, and no others', () => {
    const access = accessOf({ allow: ['run'], who: [ann], apps: ['shop*'] }, { allow: ['list'], who: [ops] });

    expect(allowedApps(access, annInC1(), 'run')).toEqual(['shop', 'shop-eu']);
    expect(allowedApps(access, annInC1(), 'list')).toEqual(apps);
    expect(allowedVerbs(access, annInC1())).toEqual(['run', 'list', 'retry', 'link', 'help', 'whoami']);
  });
});

describe('whom to ask after a refusal', () => {
  it('is whoever could ask for it here: neither those of other places, apps or platforms, nor the denied', () => {
    const access = accessOf(
      { allow: ['run'], who: [bob, ops] },
      { allow: ['all'], who: [ops, 'slack:T1/U3', 'telegram:77'] },
      { allow: ['run'], who: ['slack:T1/U4'], where: ['slack:C2'] },
      { allow: ['run'], who: ['slack:T1/U5'], apps: ['blog'] },
      { allow: ['list'], who: ['slack:T1/U6'] },
      { deny: ['run'], who: ['slack:T1/U3'] },
    );

    expect(grantors(access, annInC1(), 'run', 'shop')).toEqual([bob, ops]);
  });

  it('is nobody when only the operator can change that', () => {
    expect(grantors(accessOf(), annInC1(), 'run', 'shop')).toEqual([]);
  });
});

describe('whatever the rules are', () => {
  const verb = fc.constantFrom(...Verb.options);
  const app = fc.constantFrom(undefined, ...apps);
  const some = (...of: string[]) => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1 });
  const scope = fc.record(
    { who: some(ann, bob, ops), where: some('slack:C1', 'slack:C2'), apps: some('shop', 'sh*', '?log') },
    { requiredKeys: ['who'] },
  );
  const verbs = some('all', ...Verb.exclude(['retry']).options);
  const allow = fc.tuple(scope, verbs).map(([limits, allowed]) => ({ ...limits, allow: allowed }));
  const deny = fc.tuple(scope, verbs).map(([limits, denied]) => ({ ...limits, deny: denied }));
  const rules = fc.array(fc.oneof(allow, deny));

  it('one more deny never allows more, and one more allow never less', () => {
    fc.assert(
      fc.property(rules, deny, allow, verb, app, (written, denying, allowing, asked, of) => {
        const now = mayAsk(accessOf(...written), annInC1(), asked, of);

        if (!now) expect(mayAsk(accessOf(denying, ...written), annInC1(), asked, of)).toBe(false);
        if (now) expect(mayAsk(accessOf(allowing, ...written), annInC1(), asked, of)).toBe(true);
      }),
    );
  });

  it('nobody may do anything that no rule allows them', () => {
    fc.assert(
      fc.property(fc.array(deny), verb, app, (written, asked, of) => {
        expect(mayAsk(accessOf(...written), annInC1(), asked, of)).toBe(false);
      }),
    );
  });

  it('what is unknown never lets anybody do more than either answer would', () => {
    fc.assert(
      fc.property(rules, verb, app, fc.boolean(), (written, asked, of, takesOnly) => {
        const access = accessOf(...written);
        const as = (groups: string[], standing: Standing = {}) =>
          mayAsk(access, { who: { id: ann, groups }, where: readAddress('slack:C1'), standing }, asked, of);
        const outside = as([]);
        const inside = takesOnly ? as([], { deniedWith: [ops] }) : as([ops]);

        for (const unknown of [['slack:group:'], [ops]]) {
          const unsure = as([], { unknown });
          if (unsure) expect([outside, inside]).toEqual([true, true]);
        }
      }),
    );
  });

  it('what is unknown matters only where the answer depends on it', () => {
    fc.assert(
      fc.property(rules, verb, app, (written, asked, of) => {
        const access = accessOf(...written);
        const as = (groups: string[], standing: Standing = {}): Asker => ({
          ...{ who: { id: ann, groups }, where: readAddress('slack:C1'), standing },
        });
        const unsure = as([], { unknown: ['slack:group:'] });
        const everywhere = apps.filter((each) => of === undefined || each === of);

        for (const each of everywhere) {
          const answers = [as([]), as([ops]), as([], { deniedWith: [ops] })].map((asker) =>
            mayAsk(access, asker, asked, each),
          );
          if (answers.every(Boolean)) expect(mayAsk(access, unsure, asked, each)).toBe(true);
        }
        if (groupsToKnow(access, unsure, asked, of).length > 0)
          expect(mayAsk(access, unsure, asked, of)).toBe(false);
      }),
    );
  });

  it('groups that only take rights never give one', () => {
    fc.assert(
      fc.property(rules, verb, app, (written, asked, of) => {
        const access = accessOf(...written);
        const asker = { who: { id: ann, groups: [] }, where: readAddress('slack:C1') };

        if (mayAsk(access, { ...asker, standing: { deniedWith: [ops] } }, asked, of))
          expect(mayAsk(access, asker, asked, of)).toBe(true);
      }),
    );
  });

  it('the console may do everything', () => {
    const console: Asker = { who: { id: 'console:me', groups: [] }, where: readAddress('console:1') };
    fc.assert(
      fc.property(rules, verb, app, (written, asked, of) => {
        expect(mayAsk(accessOf(...written), console, asked, of)).toBe(true);
      }),
    );
  });
});

describe('a rule as it is written', () => {
  it.each<[object, string]>([
    [{ who: [ann] }, 'either "allow" or "deny"'],
    [{ allow: ['run'], deny: ['list'], who: [ann] }, 'either "allow" or "deny"'],
    [{ allow: ['rnu'], who: [ann] }, 'There is no command "rnu". Did you mean "run"?'],
    [{ allow: ['launch'], who: [ann] }, 'There is no command "launch". There are run, list, '],
    [{ allow: ['retry'], who: [ann] }, 'Whoever may "run" an app may retry its runs'],
    [{ allow: [], who: [ann] }, 'at least one command'],
    [{ allow: ['run'] }, 'who'],
    [{ allow: ['run'], who: [] }, 'at least one person'],
    [{ allow: ['run'], who: ['ann'] }, 'slack:T1/U1'],
    [{ allow: ['run'], who: ['slack:@ann'] }, 'not a display name'],
    [{ allow: ['run'], who: ['slack:*'] }, 'not a pattern'],
    [{ allow: ['run'], who: [ann], where: [] }, 'leave "where" out'],
    [{ allow: ['run'], who: [ann], where: ['#ops'] }, 'slack:C1'],
    [{ allow: ['run'], who: [ann], apps: [] }, 'leave "apps" out'],
    [{ allow: ['run'], who: [ann], apps: ['shop/[a-z]'] }, '* in it stands for any letters'],
    [{ allow: ['run'], who: [ann], app: ['shop'] }, 'There is no key "app" here. Did you mean "apps"?'],
  ])('%j is refused with a sentence', (written, sentence) => {
    const { error } = AccessRule.safeParse(written);

    expect(error && z.prettifyError(error)).toContain(sentence);
  });

  it('has a schema that editors understand', () => {
    expect(z.toJSONSchema(AccessRule)).toMatchObject({
      properties: { allow: { type: 'array' } },
      required: ['who'],
    });
  });
});

function accessOf(...written: object[]): Access {
  return { rules: written.map((rule) => AccessRule.parse(rule)), apps };
}

function annInC1(): Asker {
  return { who: { id: ann, groups: [ops] }, where: readAddress('slack:C1') };
}
