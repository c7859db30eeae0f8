import { z } from 'zod';
import { AppName } from '../domain/backup.ts';
import { CleanCommand } from '../domain/clean-command.ts';
import { Command } from '../domain/command.ts';
import { Firing } from '../domain/firing.ts';
import { HealthVerdict } from '../domain/health/verdict.ts';
import { Instant } from '../domain/instant.ts';
import { Report } from '../domain/report.ts';
import { VerifyCommand } from '../domain/verify-command.ts';
import { Address, PersonId, Who } from '../domain/who.ts';
import type { Topic } from './queue.ts';

/*
 * All that crosses the queue. Apps and destinations are named, never described: no option, secret or path to a secret is in here.
 */

const Asked = z.strictObject({
  askedBy: Who,
  askedAt: Instant,
  /** Who asked is told here; a schedule has nobody to answer. */
  replyTo: Address.optional(),
});

export const RunJob = Asked.extend({
  command: Command.options[0],
  /** The run whose words these are. */
  retryOf: z.string().optional(),
});
export type RunJob = z.infer<typeof RunJob>;

export const CleanJob = Asked.extend({ command: CleanCommand });
export type CleanJob = z.infer<typeof CleanJob>;

export const VerifyJob = Asked.extend({ command: VerifyCommand });
export type VerifyJob = z.infer<typeof VerifyJob>;

const gathering = {
  /** The answer is put together with those of other groups, under this name. */
  gathering: z.string().optional(),
};

/** Questions are answered from the destinations, by the machine that reaches them. */
export const QuestionJob = Asked.extend({
  ...gathering,
  question: z.discriminatedUnion('about', [
    z.strictObject({ about: z.literal('overview'), apps: z.array(AppName) }),
    z.strictObject({ about: z.literal('backups'), app: AppName }),
    z.strictObject({ about: z.literal('cleanup'), command: CleanCommand }),
    z.strictObject({ about: z.literal('health'), apps: z.array(AppName) }),
  ]),
});
export type QuestionJob = z.infer<typeof QuestionJob>;

/** What a worker has to tell; the bot decides to whom. */
export const ReportJob = z.strictObject({
  /** The job it answers. */
  jobId: z.string(),
  report: Report,
  replyTo: Address.optional(),
  ...gathering,
});
export type ReportJob = z.infer<typeof ReportJob>;

/** One report on its way to one place. It waits until the platform has taken it. */
export const Delivery = z.strictObject({
  jobId: z.string(),
  report: Report,
  to: Address,
  /** Whoever waits for it there; a channel that wants its kind has nobody. */
  asker: PersonId.optional(),
});
export type Delivery = z.infer<typeof Delivery>;

/** What bots do to bring a digest together, whichever of them is there. */
export const DigestJob = z.discriminatedUnion('step', [
  /** A place is to have one: `slack:C1`. */
  z.strictObject({ step: z.literal('begin'), place: z.string() }),
  /** Told when every group has answered, or `now` with what there is. */
  z.strictObject({ step: z.literal('finish'), gathering: z.string(), now: z.boolean() }),
]);
export type DigestJob = z.infer<typeof DigestJob>;

/** What somebody looked at, on its way to where alerts are kept; with nothing in it, what was held back is told. */
export const Looked = z.strictObject({ verdicts: z.array(HealthVerdict) });
export type Looked = z.infer<typeof Looked>;

/** Bots look whether the workers of every group are there. */
export const Roll = z.strictObject({ every: z.literal('group') });
export type Roll = z.infer<typeof Roll>;

/** Runs of one worker group. Apart from questions, so that a list never waits behind a run. */
export const runsOf = (group: string): Topic<RunJob> => ({ name: `runs.${group}`, schema: RunJob });
/** Apart from runs, too: a clean never waits behind a run of hours, and takes nothing that a run makes. */
export const cleansOf = (group: string): Topic<CleanJob> => ({ name: `cleans.${group}`, schema: CleanJob });
/** Apart from all of these: reading every byte of large backups takes hours, and nothing waits for it. */
export const verifiesOf = (group: string): Topic<VerifyJob> => ({
  name: `verifies.${group}`,
  schema: VerifyJob,
});
export const questionsOf = (group: string): Topic<QuestionJob> => ({
  name: `questions.${group}`,
  schema: QuestionJob,
});
/** What is due by schedule, for the workers of the group to see to. */
export const firingsOf = (group: string): Topic<Firing> => ({ name: `firings.${group}`, schema: Firing });
export const reports: Topic<ReportJob> = { name: 'reports', schema: ReportJob };
export const looks: Topic<Looked> = { name: 'looks', schema: Looked };
export const rollCalls: Topic<Roll> = { name: 'roll-calls', schema: Roll };
export const digests: Topic<DigestJob> = { name: 'digests', schema: DigestJob };
export const deliveriesTo = ({ platform, process }: Omit<Address, 'place'>): Topic<Delivery> => ({
  name: ['deliveries', platform, ...(process === undefined ? [] : [process])].join('.'),
  schema: Delivery,
});
