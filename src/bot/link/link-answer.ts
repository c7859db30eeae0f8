import type { Ask, Platform } from '../../chat/platform.ts';
import type { Command } from '../../domain/command.ts';
import type { LinkObstacle, LinkReport } from '../../domain/link-report.ts';
import type { Queue } from '../../queue/queue.ts';
import type { State } from '../../state/state.ts';
import { toAsker } from '../answering.ts';
import { newId } from '../new-id.ts';
import { send } from '../send.ts';
import {
  forgetRequest,
  newCode,
  newRequest,
  requestOf,
  type Side,
  takeCode,
  validForMinutes,
} from './link-codes.ts';
import { isConsole, link, linkedTo, unlink } from './linked-ids.ts';

type LinkCommand = Extract<Command, { verb: 'link' }>;

interface Tools {
  readonly state: State;
  readonly queue: Queue;
  readonly platforms: readonly Platform[];
}

/**
 * `/backup link`: one person with accounts on two platforms. A code is asked for on one, said on the other, and what comes of
 * it confirmed on the first. @throws {StateError} @throws {QueueError}
 */
export async function linkAnswer(command: LinkCommand, ask: Ask, tools: Tools): Promise<LinkReport> {
  const { code, how } = command;
  if (isConsole(ask.from.id)) return notLinked('console');
  if (how === 'remove') return removed(await unlink(ask.from.id, tools.state));
  if (how !== undefined) return conclude(code ?? '', how, ask, tools);
  if (!ask.private) return refuseInPublic(code, tools);
  if (code !== undefined) return redeem(code, ask, tools);
  return giveCode(ask, tools);
}

/** Everybody has read it now. */
async function refuseInPublic(code: string | undefined, { state }: Tools): Promise<LinkReport> {
  if (code !== undefined) await takeCode(code, state);
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
  if (first === undefined) return notLinked('unknown-code');
  if (first.where.platform === ask.where.platform) return notLinked('same-platform');
  const taken = await Promise.all([first.who.id, ask.from.id].map((id) => linkedTo(id, tools.state)));
  if (taken.flat().length > 0) return notLinked('already-linked');

  const request = await newRequest({ first, second: sideOf(ask) }, tools.state);
  await tell(first, { step: 'confirm', request, other: ask.from }, tools);
  return told({ step: 'waiting', first: first.who });
}

async function conclude(id: string, how: 'accept' | 'refuse', ask: Ask, tools: Tools): Promise<LinkReport> {
  const request = await requestOf(id, tools.state);
  if (request === undefined) return notLinked('unknown-code');
  const { first, second } = request;
  if (first.who.id !== ask.from.id) return notLinked('not-yours');

  await forgetRequest(id, tools.state);
  if (how === 'refuse') return tellBoth(second, { step: 'not-linked', because: 'refused' }, tools);
  await link(first.who.id, second.who.id, tools.state);
  return tellBoth(second, { step: 'linked', ids: [first.who.id, second.who.id] }, tools);
}

async function tellBoth(other: Side, step: LinkReport['link'], tools: Tools): Promise<LinkReport> {
  await tell(other, step, tools);
  return told(step);
}

async function tell({ where }: Side, step: LinkReport['link'], { queue }: Tools): Promise<void> {
  await send({ jobId: newId('lk'), report: told(step), to: where }, queue);
}

function sideOf(ask: Ask): Side {
  return { who: ask.from, where: toAsker(ask) };
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
