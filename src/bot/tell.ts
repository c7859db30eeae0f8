import type { DateTime } from 'luxon';
import type { Message } from '../chat/message.ts';
import type { HealthVerdict } from '../domain/health/verdict.ts';
import type { Report, ReportOf, RunReport } from '../domain/report.ts';
import {
  endedFailures,
  mostRunRecords,
  readRunRecords,
  runRecord,
  runRecordsKey,
  runRecordsLifetimeInSeconds,
} from '../domain/run-record.ts';
import { humanList } from '../domain/units.ts';
import { type Address, addressName, type PersonId, readAddress } from '../domain/who.ts';
import type { Log } from '../log.ts';
import { logReport } from '../log-report.ts';
import { type Delivery, looks, type ReportJob } from '../queue/contracts.ts';
import type { JobInHand, Queue } from '../queue/queue.ts';
import type { State } from '../state/state.ts';
import { answerCanceller } from './answer-canceller.ts';
import type { Cards } from './cards.ts';
import type { ChannelRule } from './channels.ts';
import { hearAnswer } from './digest/hear-answer.ts';
import { endingIn } from './ending.ts';
import { learnNewest } from './newest-backups.ts';
import type { Outbox } from './outbox.ts';
import { render } from './render.ts';
import { send } from './send.ts';
import { hearsOfTrouble, isResult, wants } from './wanted-reports.ts';

const rememberedInSeconds = 400 * 24 * 3600;
const toldInSeconds = 7 * 24 * 3600;

interface Routing {
  readonly queue: Queue;
  readonly state: State;
  readonly channels: readonly ChannelRule[];
  readonly log: Log;
  /** Hears of every run, once it is on its way to whoever is to be told. */
  readonly onRun?: (run: RunReport) => void;
}

/**
 * Sends a report on its way: to whoever asked, and to the channels that want its kind. Each place is a job of its own,
 * so that one that is away delays no other.
 */
export async function routeReport(
  { jobId, report: asMade, replyTo, gathering }: ReportJob,
  { queue, state, channels, log, onRun }: Routing,
): Promise<void> {
  const report = asMade.kind === 'run' ? await withWhatItEnds(asMade, state) : asMade;
  await learnNewest(report, state);
  if (gathering !== undefined) return hearAnswer({ jobId, report, gathering }, { queue, state });
  if (report.kind === 'run') {
    await keepRecord(report, state);
    await state.remember(`last.${report.app}`, lastResult(report), rememberedInSeconds);
  }

  const verdicts = verdictsIn(report);
  if (verdicts.length > 0)
    await queue.add(looks, { id: `look.${jobId}`, attempts: 20, data: { verdicts: [...verdicts] } });

  const places = placesFor(report, channels, replyTo);
  const asker = askerOf(report);
  for (const to of places)
    await send({ jobId, report, to, ...(to === replyTo && asker !== undefined && { asker }) }, queue);
  logReport(report, log, { so: sentTo(places), isAnswer: replyTo !== undefined });
  const ending = endingIn(report, jobId);
  if (ending !== undefined) await answerCanceller(ending, { queue, state });
  if (report.kind === 'run') onRun?.(report);
}

/** What is told of the health of backups: by a look, and by a clean of what it found before it removed anything. */
function verdictsIn(report: Report): readonly HealthVerdict[] {
  if (report.kind === 'health') return report.verdicts;
  return report.kind === 'cleaned' ? (report.verdicts ?? []) : [];
}

/** A run that works again after failing is news, which only what is kept of the runs before it tells. */
async function withWhatItEnds(run: RunReport, state: State): Promise<RunReport> {
  const worksAgain = endedFailures(run, readRunRecords(await state.entries(runRecordsKey(run.app))));
  return worksAgain === undefined ? run : { ...run, worksAgain };
}

/** For digests. One that comes again is known by its run. */
async function keepRecord(report: RunReport, state: State): Promise<void> {
  const limits = { atMost: mostRunRecords, lifetimeInSeconds: runRecordsLifetimeInSeconds };
  await state.append(runRecordsKey(report.app), runRecord(report), limits);
}

function sentTo(places: readonly Address[]): string {
  if (places.length === 0) return ' Nobody is notified: no channel takes it.';
  return ` Sent to ${humanList(places.map(addressName))}.`;
}

function lastResult({ runId, outcome, finishedAt, reason }: RunReport) {
  return { runId, outcome, finishedAt, ...(reason !== undefined && { reason }) };
}

function placesFor(report: Report, channels: readonly ChannelRule[], replyTo?: Address): Address[] {
  if (report.kind === 'chat-trouble') return placesElsewhere(report, channels);
  const wanted = channels.filter((channel) => wants(channel, report)).map(({ to }) => readAddress(to));
  const asked = replyTo === undefined ? [] : [replyTo];
  return [
    ...asked,
    ...wanted.filter((to) => replyTo === undefined || addressName(to) !== addressName(replyTo)),
  ];
}

/** Whoever wants to hear of failures hears of this, but not where it cannot be said. Of a place that is no channel, nobody does. */
function placesElsewhere({ place }: ReportOf<'chat-trouble'>, channels: readonly ChannelRule[]): Address[] {
  if (place !== undefined && !channels.some(({ to }) => to === place)) return [];
  const wanted = channels.filter((channel) => channel.to !== place && hearsOfTrouble(channel));
  return wanted.map(({ to }) => readAddress(to));
}

function askerOf(report: Report): PersonId | undefined {
  return isResult(report) ? report.askedBy.id : undefined;
}

/** A clean may end with another plan instead of a result. */
function mayHaveCard(report: Report): boolean {
  return isResult(report) || report.kind === 'cleanup-plan';
}

interface Telling {
  readonly state: State;
  readonly cards: Cards;
  readonly outbox: Outbox;
  readonly clock: () => DateTime;
}

/** Hands a report to the chat, once: as the last form of the run's card where there is one, else as a message. */
export async function deliver(job: JobInHand<Delivery>, tools: Telling): Promise<void> {
  const { state, cards, outbox, clock } = tools;
  const { jobId, report, to, asker } = job.data;
  if ((await state.recall(`told.${job.id}`)) !== undefined) return; // Taken before, by a process that died before it could say so.

  const message = { ...render(report, clock()), concludes: jobId, postId: jobId };
  const lastTry = job.isLastAttempt;
  if (!(mayHaveCard(report) && (await isOnCard(jobId, to, message, { cards, lastTry }))))
    await outbox.post({ to, asker, report, message }, { lastTry });
  await state.remember(`told.${job.id}`, true, toldInSeconds);
  if (mayHaveCard(report)) await cards.forget(jobId);
}

/** Where the card cannot be reached at the last try, the report is a message of its own. */
async function isOnCard(
  jobId: string,
  to: Address,
  message: Message,
  { cards, lastTry }: { readonly cards: Cards; readonly lastTry: boolean },
): Promise<boolean> {
  try {
    return await cards.close(jobId, to, message);
  } catch (thrown) {
    if (!lastTry) throw thrown;
    return false;
  }
}
