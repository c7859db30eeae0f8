import type { DateTime } from 'luxon';
import type { Message } from '../chat/message.ts';
import { MessageRefused, PlaceClosed, type Platform, type Posted, type Say } from '../chat/platform.ts';
import type { Report } from '../domain/report.ts';
import { type Address, addressName, type PersonId, readAddress } from '../domain/who.ts';
import { type Log, sentenceOf } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import { addressKey, answerRoute, type Routed } from './answer-route.ts';
import type { ChannelRule } from './channels.ts';
import { closedPlaces } from './closed-places.ts';
import { newId } from './new-id.ts';
import { answeredElsewhere, logWordsOf, withNote } from './render/diverted.ts';
import { render } from './render.ts';
import { send } from './send.ts';

/** The one way out: every answer, card, result, alert and digest is posted here. */
export interface Outbox {
  /**
   * Posts where the answer belongs, or at the next place that takes it. Gives where it stands; nothing when no place takes it,
   * which the log then says. @throws {PlatformError} when a platform was not reached and this is not the `lastTry`.
   */
  post(answer: Outgoing, options?: { readonly lastTry?: boolean }): Promise<Posted | undefined>;
  /** Answers somebody. While the platform is not reached the answer waits in the queue. Never rejects. */
  answer(report: Report, to: Address): Promise<void>;
  /** A few words of a platform's own. */
  readonly say: Say;
}

/** An answer in its last words. */
export interface Outgoing extends Routed {
  readonly message: Message;
}

export interface OutboxTools {
  readonly platforms: readonly Platform[];
  readonly channels: readonly ChannelRule[];
  readonly state: State;
  readonly queue: Queue;
  readonly log: Log;
  readonly clock: () => DateTime;
}

/** An address that did not take an answer, and why. */
interface Refusal {
  readonly address: Address;
  readonly reason: string;
}

export function openOutbox({ platforms, channels, state, queue, log, clock }: OutboxTools): Outbox {
  const places = closedPlaces({ state, queue, log });

  async function post(answer: Outgoing, { lastTry = false } = {}): Promise<Posted | undefined> {
    const tried = new Set<string>();
    const refusals: Refusal[] = [];
    for (;;) {
      const address = await nextAddress(answer, tried);
      if (address === undefined) return endsNowhere(answer, refusals);
      tried.add(addressKey(address));
      const platform = platformAt(address);
      if (platform === undefined) continue;
      try {
        await respectClosed(answer, address);
        const posted = await platform.post(address, withNote(answer, refusals, address));
        await arrived(answer, refusals, address, posted);
        return posted;
      } catch (thrown) {
        if (!isRefusal(thrown) && !lastTry) throw thrown;
        refusals.push({ address, reason: sentenceOf(thrown) });
        if (thrown instanceof PlaceClosed && thrown.scope === 'place') {
          tried.add(addressKey(withoutThread(address)));
          await places.closed(address, thrown.message);
        }
      }
    }
  }

  async function nextAddress(answer: Outgoing, tried: ReadonlySet<string>): Promise<Address | undefined> {
    if (tried.size === 0) return answer.to;
    const closed = await closedChannels();
    const route = answerRoute(answer, { channels, closed, conversationWith, replyAddress });
    return route.find((address) => !tried.has(addressKey(address)));
  }

  async function closedChannels(): Promise<Set<string>> {
    const names = channels.map(({ to }) => to);
    const reasons = await Promise.all(channels.map((channel) => places.reasonFor(readAddress(channel.to))));
    return new Set(names.filter((_, at) => reasons[at] !== undefined));
  }

  /** A place that is known to be closed is tried now and then; where somebody asks, it is tried each time. */
  async function respectClosed({ to, asker }: Outgoing, address: Address): Promise<void> {
    if (address !== to || (asker ?? to.onlyFor) !== undefined) return;
    const reason = await places.reasonFor(address);
    if (reason !== undefined && !(await places.isDue(address))) throw new PlaceClosed(reason, 'place');
  }

  async function arrived(
    answer: Outgoing,
    refusals: readonly Refusal[],
    address: Address,
    posted: Posted,
  ): Promise<void> {
    if (posted.to.onlyFor === undefined) await places.opened(address);
    const [first] = refusals;
    if (first === undefined) return;
    const say = answer.asker === undefined ? log.warn : log.info;
    say(`${logWordsOf(answer)} was posted in ${addressName(posted.to)} instead: ${first.reason}`);
    await pointElsewhere(answer, posted, first.reason);
  }

  /** Who asked for something public looks for it where they asked. */
  async function pointElsewhere({ to, asker }: Outgoing, posted: Posted, reason: string): Promise<void> {
    const reply = asker === undefined ? undefined : replyAddress(to, asker);
    if (reply === undefined || addressName(posted.to) === addressName(to)) return;
    try {
      await platformAt(reply)?.post(reply, answeredElsewhere(reason));
    } catch (thrown) {
      log.debug(`Nobody was pointed to the answer: ${sentenceOf(thrown)}`);
    }
  }

  function endsNowhere(answer: Outgoing, refusals: readonly Refusal[]): undefined {
    const reasons = refusals.map(({ reason }) => reason).join(' ');
    log.error(`${logWordsOf(answer)} could not be posted anywhere. ${reasons}`);
    return undefined;
  }

  function platformAt({ platform, process }: Address): Platform | undefined {
    return platforms.find((each) => each.name === platform && each.process === process);
  }

  function conversationWith(person: PersonId): Address | undefined {
    const name = person.slice(0, person.indexOf(':'));
    return platforms.find((each) => each.name === name)?.conversationWith?.(person);
  }

  function replyAddress(place: Address, person: PersonId): Address | undefined {
    return platformAt(place)?.replyAddress?.(place, person);
  }

  return {
    post,
    async answer(report, to) {
      const jobId = newId('a');
      const message = { ...render(report, clock()), postId: jobId };
      try {
        await post({ to, report, message });
      } catch (thrown) {
        log.warn(`${logWordsOf({ to, message })} waits in the queue: ${sentenceOf(thrown)}`);
        await send({ jobId, report, to }, queue).catch((alsoThrown) =>
          log.error(`${logWordsOf({ to, message })} was lost: ${sentenceOf(alsoThrown)}`),
        );
      }
    },
    async say(to, message) {
      try {
        await post({ to, message }, { lastTry: true });
      } catch (thrown) {
        log.error(`${logWordsOf({ to, message })} was lost: ${sentenceOf(thrown)}`);
      }
    },
  };
}

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof PlaceClosed || thrown instanceof MessageRefused;
}

function withoutThread({ thread: _, ...place }: Address): Address {
  return place;
}
