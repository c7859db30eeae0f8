import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerRoute } from '../../src/bot/answer-route.ts';
import type { ChannelRule } from '../../src/bot/channels.ts';
import type { Report } from '../../src/domain/report.ts';
import { type Address, addressName } from '../../src/domain/who.ts';
import { failedRun } from '../support/run-report.ts';

const ann = 'slack:T1/U1';
const here: Address = { platform: 'slack', place: 'C1' };
const inThread = { ...here, thread: '17.1' };
const conversation = { platform: 'slack', place: 'U1' };
const failures: ChannelRule = { to: 'slack:OPS', reports: ['failures'] };
const health: ChannelRule = { to: 'telegram:-1', reports: ['health'] };
const successes: ChannelRule = { to: 'slack:ALL', reports: ['successes'] };
const stored: Report = { ...failedRun({}), outcome: 'stored' };
const whoami: Report = { kind: 'whoami', who: { id: ann, groups: [] }, where: 'slack:C1', verbs: [] };

interface Around {
  readonly channels?: readonly ChannelRule[];
  readonly closed?: readonly string[];
  /** Whether the command may still be answered where it was given. */
  readonly reply?: boolean;
}

function routeOf(
  answer: { readonly to: Address; readonly asker?: string; readonly report?: Report },
  { channels = [failures, health, successes], closed = [], reply = false }: Around = {},
): Address[] {
  return answerRoute(answer, {
    channels,
    closed: new Set(closed),
    conversationWith: () => conversation,
    replyAddress: (place, onlyFor) => (reply ? { ...place, onlyFor } : undefined),
  });
}

function names(route: readonly Address[]): string[] {
  return route.map(addressName);
}

describe('an answer goes', () => {
  it('to its thread, to the channel, to the asker, and to where the command can be answered', () => {
    const route = routeOf({ to: inThread, asker: ann, report: stored }, { reply: true, channels: [] });

    expect(route).toEqual([inThread, here, conversation, { ...here, onlyFor: ann }]);
  });

  it('for one person to that person and nowhere else', () => {
    const route = routeOf({ to: { ...here, onlyFor: ann }, report: whoami }, { reply: true });

    expect(route).toEqual([{ ...here, onlyFor: ann }, conversation]);
  });

  it('of a schedule to the channel that wants it, and then to others where trouble is reported', () => {
    const route = routeOf({ to: { platform: 'slack', place: 'OPS' }, report: failedRun({}) });

    expect(names(route)).toEqual(['slack:OPS', 'telegram:-1']);
  });

  it('to no other channel while one that is open gets the same by its own rule', () => {
    const asked = { to: here, asker: ann, report: failedRun({}) };

    expect(names(routeOf(asked))).toEqual(['slack:C1', 'slack:U1']);
    expect(names(routeOf(asked, { closed: ['slack:OPS'] }))).toEqual(['slack:C1', 'slack:U1', 'telegram:-1']);
  });

  it('nowhere else when it is good news or a few words', () => {
    const to = { platform: 'slack', place: 'ALL' };

    expect(names(routeOf({ to, report: stored }))).toEqual(['slack:ALL']);
    expect(names(routeOf({ to }))).toEqual(['slack:ALL']);
  });
});

it('what is for one person is never routed where others read it, whatever the channels are', () => {
  const kinds = fc.subarray(['failures', 'successes', 'health', 'recoveries', 'digest'] as const, {
    minLength: 1,
  });
  const channel = fc.record({ to: fc.constantFrom('slack:C1', 'slack:OPS', 'telegram:-1'), reports: kinds });
  const report = fc.constantFrom<Report>(whoami, stored, failedRun({}));

  fc.assert(
    fc.property(fc.array(channel), report, fc.boolean(), (channels, report, reply) => {
      const route = routeOf({ to: { ...inThread, onlyFor: ann }, report }, { channels, reply });

      expect(route.filter(({ onlyFor, place }) => onlyFor !== ann && place !== 'U1')).toEqual([]);
    }),
  );
});
