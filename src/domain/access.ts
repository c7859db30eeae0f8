import type { AccessRule } from './access-rule.ts';
import { matchesApp } from './app-pattern.ts';
import { Verb } from './command.ts';
import { type Address, addressName, type Who } from './who.ts';

/** The rules, and the apps there are. */
export interface Access {
  readonly rules: readonly AccessRule[];
  readonly apps: readonly string[];
}

/** Somebody in a place. What they may do depends on both. */
export interface Asker {
  readonly who: Who;
  readonly where: Address;
}

/** Whoever is allowed anything may also ask what it is, and under which id. */
const alwaysAllowed: readonly Verb[] = ['link', 'help', 'whoami'];

/**
 * Whether somebody may ask for this here: a rule allows it and none denies it. With no rule, nobody may on a chat
 * platform; the console is the operator, who may do all. Without an app: whether for any app at all.
 */
export function mayAsk(access: Access, asker: Asker, verb: Verb, app?: string): boolean {
  if (isOperator(asker)) return true;
  if (app === undefined) return access.apps.some((each) => mayAsk(access, asker, verb, each));

  const right = rightFor(verb);
  const rules = access.rules.filter((rule) => concerns(rule, asker, app));
  const allowed = rules.some(({ allow }) => allow && covers([...allow, ...alwaysAllowed], right));
  return allowed && !rules.some(({ deny }) => deny && covers(deny, right));
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

/** To retry a run is to ask for it again. */
function rightFor(verb: Verb): Verb {
  return verb === 'retry' ? 'run' : verb;
}

function concerns({ who, where, apps }: AccessRule, asker: Asker, app: string): boolean {
  const { id, groups, also = [] } = asker.who;
  if (![id, ...also, ...groups].some((each) => who.includes(each))) return false;
  if (where && !where.includes(addressName(asker.where))) return false;
  return apps === undefined || apps.some((pattern) => matchesApp(pattern, app));
}

function covers(verbs: readonly string[], verb: Verb): boolean {
  return verbs.includes('all') || verbs.includes(verb);
}
