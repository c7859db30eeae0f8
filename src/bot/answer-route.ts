import type { Platform } from '../chat/platform.ts';
import type { Report } from '../domain/report.ts';
import { type Address, addressName, type PersonId, readAddress } from '../domain/who.ts';
import type { ChannelRule } from './channels.ts';
import { hearsOfTrouble, isFailure, isResult, wants } from './wanted-reports.ts';

/** An answer, as far as it matters where it may go. */
export interface Routed {
  /** Where it belongs. With `onlyFor` it is private: it never goes where others read it. */
  readonly to: Address;
  /** Who asked for it. */
  readonly asker?: PersonId | undefined;
  /** What it says; nothing for a few words of a platform's own, which no channel wants. */
  readonly report?: Report | undefined;
}

/** What there is beside the place an answer belongs to. */
export interface Surroundings extends Required<Pick<Platform, 'conversationWith' | 'replyAddress'>> {
  readonly channels: readonly ChannelRule[];
  /** The names of the channels that take no messages, as far as is known. */
  readonly closed: ReadonlySet<string>;
}

/**
 * Where an answer goes, in the order to try: the place it belongs to (for a private answer its platform tries the command's
 * own reply address first), the place outside of the thread, the asker's own conversation, the reply address, and other
 * channels. The first that takes it ends the way.
 */
export function answerRoute(answer: Routed, surroundings: Surroundings): Address[] {
  const { to } = answer;
  const { thread: _, ...place } = to;
  const asker = to.onlyFor ?? answer.asker;
  const personal =
    asker === undefined
      ? []
      : [surroundings.conversationWith(asker), surroundings.replyAddress(place, asker)];
  const addresses = [to, place, ...personal, ...otherChannels(answer, surroundings)];
  return withoutRepeats(addresses.filter((address) => address !== undefined));
}

/** Channels that take in what has lost its place. None where one that is open gets the same report by its own rule. */
function otherChannels({ to, report }: Routed, { channels, closed }: Surroundings): Address[] {
  if (to.onlyFor !== undefined || report === undefined) return [];
  const others = channels.filter((channel) => channel.to !== addressName(to) && !closed.has(channel.to));
  if (others.some((channel) => wants(channel, report))) return [];
  return others.filter((channel) => takesIn(channel, report)).map((channel) => readAddress(channel.to));
}

/** What goes wrong may be read wherever trouble is reported; good news nowhere but where somebody wants it. */
function takesIn(channel: ChannelRule, report: Report): boolean {
  const isTrouble = isResult(report) ? isFailure(report) : isUnasked(report);
  return isTrouble && hearsOfTrouble(channel);
}

/** Made for a channel, and nobody waits for it. */
function isUnasked({ kind }: Report): boolean {
  return kind === 'alert' || kind === 'missed' || kind === 'digest';
}

function withoutRepeats(addresses: readonly Address[]): Address[] {
  return [...new Map(addresses.map((address) => [addressKey(address), address])).values()];
}

/** Two addresses of one key are the same place, thread and audience. */
export function addressKey({ platform, place, thread = '', process = '', onlyFor = '' }: Address): string {
  return JSON.stringify([platform, place, thread, process, onlyFor]);
}
