import { z } from 'zod';
import { type Access, type Asker, mayAsk, type Standing } from './access.ts';
import { AppName } from './backup.ts';
import { Verb } from './command.ts';
import { readAddress } from './who.ts';

/** What an account may do once it is linked and could not before, or the other way round. */
export const LinkChange = z.object({
  what: z.enum(['gains', 'loses']),
  /** The only place where that is so: `slack:C1`. */
  where: z.string().optional(),
  verbs: z.array(Verb),
  apps: z.array(AppName),
  /** These are all the apps there are. */
  every: z.boolean(),
});
export type LinkChange = z.infer<typeof LinkChange>;

/** An account, whatever it asks and wherever. */
export type Account = Pick<Asker, 'who' | 'standing'>;

/** What `account` gains and loses by being one person with `other`, everywhere on its platform. */
export function changesBy(access: Access, account: Account, other: Account): LinkChange[] {
  const platform = account.who.id.slice(0, account.who.id.indexOf(':'));
  const named = access.rules.flatMap(({ where = [] }) =>
    where.filter((each) => each.startsWith(`${platform}:`)),
  );
  const elsewhere = changesIn(nowhere(platform), account, other, access);
  const usual = new Set(elsewhere.map(toText));
  const inPlaces = [...new Set(named)].toSorted().flatMap((place) =>
    changesIn(place, account, other, access)
      .filter((change) => !usual.has(toText(change)))
      .map((change) => ({ ...change, where: place })),
  );
  return [...elsewhere, ...inPlaces];
}

/** Whether it will turn out only later what the link changes: a group that matters is unknown now. */
export function dependsOnUnknown(access: Access, account: Account, other: Account): boolean {
  const [mine, theirs] = [account, other].map(withoutUnknown);
  if (mine === undefined || theirs === undefined) return false;
  return toText(changesBy(access, account, other)) !== toText(changesBy(access, mine, theirs));
}

/** All that counts against somebody with several accounts, and all that is unknown of them. */
export function linkedStanding(all: readonly Standing[]): Standing {
  return {
    deniedWith: all.flatMap(({ deniedWith = [] }) => deniedWith),
    unknown: all.flatMap(({ unknown = [] }) => unknown),
  };
}

/** What the groups of an account take from whoever it is linked with. */
function standingFor({ who, standing = {} }: Account): Standing {
  return { ...standing, deniedWith: [...who.groups, ...(standing.deniedWith ?? [])] };
}

function changesIn(place: string, account: Account, other: Account, access: Access): LinkChange[] {
  const where = readAddress(place);
  const before: Asker = { ...account, where };
  const after: Asker = {
    who: { ...account.who, also: [other.who.id] },
    standing: linkedStanding([account.standing ?? {}, standingFor(other)]),
    where,
  };
  const single = rights.flatMap((verb) => {
    const could = (asker: Asker) => access.apps.filter((app) => mayAsk(access, asker, verb, app));
    const [then, now] = [could(before), could(after)];
    const gained = now.filter((app) => !then.includes(app));
    const lost = then.filter((app) => !now.includes(app));
    return [
      { what: 'gains' as const, verbs: [verb], apps: gained },
      { what: 'loses' as const, verbs: [verb], apps: lost },
    ]
      .filter(({ apps }) => apps.length > 0)
      .map((change) => ({ ...change, every: change.apps.length === access.apps.length }));
  });
  return together(single);
}

/** Verbs with the same apps in one. */
function together(changes: readonly LinkChange[]): LinkChange[] {
  const groups = new Map<string, LinkChange>();
  for (const change of changes) {
    const key = toText([change.what, change.apps]);
    const before = groups.get(key)?.verbs ?? [];
    groups.set(key, { ...change, verbs: [...before, ...change.verbs] });
  }
  return [...groups.values()].toSorted((a, b) => a.what.localeCompare(b.what));
}

/** Those that a rule gives by name. Whoever has one of them may also ask for help, and for a link. */
const rights = Verb.exclude(['retry', 'link', 'help', 'whoami']).options;

/** A place that no rule names. */
function nowhere(platform: string): string {
  return `${platform}:`;
}

function withoutUnknown({ who, standing = {} }: Account): Account {
  return { who, standing: { ...standing, unknown: [] } };
}

function toText(value: unknown): string {
  return JSON.stringify(value);
}
