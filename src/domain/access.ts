import type { AccessRule } from './access-rule.ts';
import { matchesApp } from './app-pattern.ts';
import { Verb } from './command.ts';
import { type Address, addressName, type Who } from './who.ts';

/** The rules, and the apps there are. */
export interface Access {
  readonly rules: readonly AccessRule[];
  readonly apps: readonly string[];
}

/** What is known of somebody's groups, beside those that give them rights. */
export interface Standing {
  /** Groups that take rights from them and give none: those of a guest, and those of the accounts they are linked with. */
  readonly deniedWith?: readonly string[];
  /** Groups of which nobody can say just now whether they are in: `telegram:admins:-100`, or all of a kind, `slack:group:`. */
  readonly unknown?: readonly string[];
}

/** Somebody in a place. What they may do depends on both. */
export interface Asker {
  readonly who: Who;
  readonly where: Address;
  readonly standing?: Standing;
}

/** Whoever is allowed anything may also ask what it is, and under which id. */
const alwaysAllowed: readonly Verb[] = ['link', 'help', 'whoami'];

/**
 * Whether somebody may ask for this here: a rule allows it and none denies it. With no rule, nobody may on a chat
 * platform; the console is the operator, who may do all. Without an app: whether for any app at all. What depends on a
 * group that is unknown may not be asked for.
 */
export function mayAsk(access: Access, asker: Asker, verb: Verb, app?: string): boolean {
  return verdict(access, asker, verb, app) === 'yes';
}

/** Whether a rule takes this from somebody for every app, whatever others allow them; a group that is unknown may. */
export function isDenied(access: Access, asker: Asker, verb: Verb): boolean {
  return access.apps.every((app) => {
    const rules = access.rules.filter((rule) => concerns(rule, asker, app) && isAbout(rule, rightFor(verb)));
    return rules.some(({ deny, who }) => deny && isDeniedAs(who, asker) !== 'no');
  });
}

/** The groups that have to be known before it can be said whether somebody may ask for this; none when it can be said. */
export function groupsToKnow(access: Access, asker: Asker, verb: Verb, app?: string): string[] {
  if (verdict(access, asker, verb, app) !== 'unknown') return [];
  const apps = app === undefined ? access.apps : [app];
  const rules = access.rules.filter(
    (rule) => apps.some((each) => concerns(rule, asker, each)) && isAbout(rule, rightFor(verb)),
  );
  return [...new Set(rules.flatMap(({ who }) => who.filter((id) => isUnknown(id, asker))))];
}

/** Whoever reaches the console may use the machine anyway. */
export function isOperator({ who }: Asker): boolean {
  return who.id.startsWith('console:');
}

/** The apps somebody may ask this for, here; lists and suggestions name no others. */
export function allowedApps(access: Access, asker: Asker, verb: Verb): string[] {
  return access.apps.filter((app) => mayAsk(access, asker, verb, app));
}

export function allowedVerbs(access: Access, asker: Asker): Verb[] {
  return Verb.options.filter((verb) => mayAsk(access, asker, verb));
}

/** The people and groups who could ask for this in the same place, as the rules write them. */
export function grantors(access: Access, { where }: Asker, verb: Verb, app?: string): string[] {
  const named = access.rules.flatMap(({ allow, who }) => (allow ? who : []));
  return [...new Set(named)]
    .filter((id) => id.startsWith(`${where.platform}:`))
    .filter((id) => mayAsk(access, { who: { id, groups: [] }, where }, verb, app));
}

type Truth = 'yes' | 'no' | 'unknown';

function verdict(access: Access, asker: Asker, verb: Verb, app?: string): Truth {
  if (isOperator(asker)) return 'yes';
  if (app === undefined) return anyOf(access.apps.map((each) => verdict(access, asker, verb, each)));

  const right = rightFor(verb);
  const rules = access.rules.filter((rule) => concerns(rule, asker, app));
  const about = rules.filter((rule) => isAbout(rule, right));
  const allowed = anyOf(about.map(({ allow, who }) => (allow ? isAllowedAs(who, asker) : 'no')));
  const denied = anyOf(about.map(({ deny, who }) => (deny ? isDeniedAs(who, asker) : 'no')));
  if (allowed === 'no' || denied === 'yes') return 'no';
  return allowed === 'yes' && denied === 'no' ? 'yes' : 'unknown';
}

function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes('yes')) return 'yes';
  return truths.includes('unknown') ? 'unknown' : 'no';
}

/** To retry a run is to ask for it again. */
function rightFor(verb: Verb): Verb {
  return verb === 'retry' ? 'run' : verb;
}

function concerns({ where, apps }: AccessRule, asker: Asker, app: string): boolean {
  if (where && !where.includes(addressName(asker.where))) return false;
  return apps === undefined || apps.some((pattern) => matchesApp(pattern, app));
}

function isAllowedAs(names: readonly string[], asker: Asker): Truth {
  const { id, groups, also = [] } = asker.who;
  return isOneOf([id, ...also, ...groups], names, asker);
}

function isDeniedAs(names: readonly string[], asker: Asker): Truth {
  const { id, groups, also = [] } = asker.who;
  return isOneOf([id, ...also, ...groups, ...(asker.standing?.deniedWith ?? [])], names, asker);
}

function isOneOf(ids: readonly string[], names: readonly string[], asker: Asker): Truth {
  if (ids.some((id) => names.includes(id))) return 'yes';
  return names.some((name) => isUnknown(name, asker)) ? 'unknown' : 'no';
}

function isUnknown(name: string, { standing }: Asker): boolean {
  return (standing?.unknown ?? []).some((each) =>
    each.endsWith(':') ? name.startsWith(each) : name === each,
  );
}

function isAbout({ allow, deny = [] }: AccessRule, verb: Verb): boolean {
  return covers(allow === undefined ? deny : [...allow, ...alwaysAllowed], verb);
}

function covers(verbs: readonly string[], verb: Verb): boolean {
  return verbs.includes('all') || verbs.includes(verb);
}
