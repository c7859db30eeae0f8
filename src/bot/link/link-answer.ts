import { createHash } from 'node:crypto';
import type { Ask, Platform } from '../../chat/platform.ts';
import type { Access } from '../../domain/access.ts';
import type { Command } from '../../domain/command.ts';
import { changesBy, dependsOnUnknown } from '../../domain/link-change.ts';
import type { LinkObstacle, LinkReport } from '../../domain/link-report.ts';
import type { Queue } from '../../queue/queue.ts';
import type { State } from '../../state/state.ts';
import { toAsker } from '../answering.ts';
import { newId } from '../new-id.ts';
import { send } from '../send.ts';
import {
  confirmSecond,
  forgetRequest,
  type LinkRequest,
  newCode,
  newRequest,
  requestOf,
  type Side,
  takeCode,
  takeRequest,
  validForMinutes,
} from './link-codes.ts';
import { isConsole, link, linkedTo, part, unlink } from './linked-ids.ts';
import { countTry, hasTriedTooOften } from './tries.ts';

type LinkCommand = Extract<Command, { verb: 'link' }>;

interface Tools {
  readonly access: Access;
  readonly state: State;
  readonly queue: Pick<Queue, 'add'>;
  readonly platforms: readonly Platform[];
}

/**
 * `/backup link`: one person with accounts on two platforms. The first account asks for a code, the second says it; then the
 * second and after it the first confirm, each on its own platform, each shown the other and what the link changes. A code
 * that somebody was sent, or an address with one, does no more than ask. @throws {StateError} @throws {QueueError}
 */
export async function linkAnswer(command: LinkCommand, ask: Ask, tools: Tools): Promise<LinkReport> {
  const { code, how } = command;
  if (isConsole(ask.from.id)) return notLinked('console');
  if (how === 'remove') return removed(await unlink(ask.from.id, tools.state));
  if (!ask.private) return refuseInPublic(command, tools);
  if (code === undefined) return how === undefined ? giveCode(ask, tools) : notLinked('unknown-code');
  if (await hasTriedTooOften(ask.from.id, tools.state)) return notLinked('too-many-tries');
  return how === undefined ? redeem(code, ask, tools) : conclude(code, how, ask, tools);
}

/** Everybody has read it now. The id of a request is of use to its two sides alone. */
async function refuseInPublic({ code, how }: LinkCommand, { state }: Tools): Promise<LinkReport> {
  if (code !== undefined && how === undefined) await takeCode(code, state);
  return notLinked('not-private');
}

async function giveCode(ask: Ask, { state, platforms }: Tools): Promise<LinkReport> {
  const code = await newCode(sideOf(ask), state);
  const others = platforms.filter(({ name }) => name !== ask.where.platform);
  const addresses = others.flatMap((platform) => platform.deepLink?.(code) ?? []);
  return told({ step: 'code', code, addresses, validForMinutes });
}

async function redeem(code: string, ask: Ask, tools: Tools): Promise<LinkReport> {
  const first = await takeCode(code, tools.state);
  if (first === undefined) return unknownCode(ask, tools);
  if (first.where.platform === ask.where.platform) return notLinked('same-platform');

  const sides = { first, second: sideOf(ask) };
  const obstacle = await obstacleTo(sides, tools);
  if (obstacle !== undefined) return notLinked(obstacle);
  const request = await newRequest({ ...sides, shown: shownTo(sides, tools) }, tools.state);
  return told(question(request, sides.second, sides.first, tools));
}

async function conclude(id: string, how: 'accept' | 'refuse', ask: Ask, tools: Tools): Promise<LinkReport> {
  const request = await requestOf(id, tools.state);
  if (request === undefined) return unknownCode(ask, tools);
  const { first, second } = request;
  if (ask.from.id !== first.who.id && ask.from.id !== second.who.id) return notLinked('not-yours');
  if (how === 'refuse') return refuse(id, request, ask, tools);

  const sides =
    ask.from.id === first.who.id ? { first: sideOf(ask), second } : { first, second: sideOf(ask) };
  const obstacle = await obstacleTo(sides, tools);
  if (obstacle !== undefined) return giveUp(id, obstacle, tools);
  if (shownTo(sides, tools) !== request.shown) return giveUp(id, 'changed', tools);
  return ask.from.id === first.who.id
    ? confirmFirst(id, request, tools)
    : askFirst(id, { ...request, ...sides }, request, tools);
}

/** The second has confirmed, so the first is asked. */
async function askFirst(
  id: string,
  now: LinkRequest,
  before: LinkRequest,
  tools: Tools,
): Promise<LinkReport> {
  if (!before.confirmed && (await confirmSecond(id, before, tools.state)))
    await tell(now.first, question(id, now.first, now.second, tools), tools);
  return told({ step: 'waiting', first: now.first.who });
}

/** Once, whoever else presses in the same moment; and not when somebody removed their links meanwhile. */
async function confirmFirst(id: string, request: LinkRequest, tools: Tools): Promise<LinkReport> {
  const { first, second, confirmed } = request;
  const [one, other] = [first.who.id, second.who.id];
  if (!confirmed || !(await takeRequest(id, tools.state))) return notLinked('unknown-code');
  const isLinked = await link(one, other, tools.state);
  const isWanted = (await requestOf(id, tools.state)) !== undefined;
  if (isLinked && !isWanted) await part(one, other, tools.state);
  await forgetRequest(id, tools.state);
  if (!isWanted) return notLinked('unknown-code');
  if (!isLinked) return tellBoth(second, { step: 'not-linked', because: 'already-linked' }, tools);
  return tellBoth(second, { step: 'linked', ids: [one, other] }, tools);
}

async function refuse(id: string, request: LinkRequest, ask: Ask, tools: Tools): Promise<LinkReport> {
  const { first, second } = request;
  await forgetRequest(id, tools.state);
  const other = ask.from.id === first.who.id ? second : first;
  return tellBoth(other, { step: 'not-linked', because: 'refused' }, tools);
}

async function giveUp(id: string, because: LinkObstacle, { state }: Tools): Promise<LinkReport> {
  await forgetRequest(id, state);
  return notLinked(because);
}

/** Whoever guesses is stopped after a few. */
async function unknownCode({ from }: Ask, { state }: Tools): Promise<LinkReport> {
  await countTry(from.id, state);
  return notLinked('unknown-code');
}

type Sides = Pick<LinkRequest, 'first' | 'second'>;

async function obstacleTo({ first, second }: Sides, tools: Tools): Promise<LinkObstacle | undefined> {
  const taken = await Promise.all([first, second].map(({ who }) => linkedTo(who.id, tools.state)));
  if (taken.flat().length > 0) return 'already-linked';
  const isUnknown =
    dependsOnUnknown(tools.access, first, second) || dependsOnUnknown(tools.access, second, first);
  return isUnknown ? 'not-known' : undefined;
}

/** What both are shown, in short: when they confirm, it is held against what it would be then. */
function shownTo({ first, second }: Sides, { access }: Tools): string {
  const changes = [changesBy(access, first, second), changesBy(access, second, first)];
  return createHash('sha256').update(JSON.stringify(changes)).digest('hex');
}

function question(request: string, asked: Side, other: Side, { access }: Tools): LinkReport['link'] {
  const yours = changesBy(access, asked, other);
  return { step: 'confirm', request, other: other.who, yours, theirs: changesBy(access, other, asked) };
}

async function tellBoth(other: Side, step: LinkReport['link'], tools: Tools): Promise<LinkReport> {
  await tell(other, step, tools);
  return told(step);
}

async function tell({ where }: Side, step: LinkReport['link'], { queue }: Tools): Promise<void> {
  await send({ jobId: newId('lk'), report: told(step), to: where }, queue);
}

function sideOf(ask: Ask): Side {
  const { deniedWith = [], unknown = [] } = ask.standing ?? {};
  return { who: ask.from, standing: { deniedWith, unknown }, where: toAsker(ask) };
}

function removed(ids: string[]): LinkReport {
  return told({ step: 'removed', ids });
}

function notLinked(because: LinkObstacle): LinkReport {
  return told({ step: 'not-linked', because });
}

function told(link: LinkReport['link']): LinkReport {
  return { kind: 'link', link };
}
