import { z } from 'zod';
import { AppName } from './backup.ts';
import { CleanCommand } from './clean-command.ts';
import { Span } from './span.ts';
import { VerifyCommand } from './verify-command.ts';

/** Everything people can ask for. */
export const Verb = z.enum([
  'run',
  'list',
  'clean',
  'verify',
  'monitor',
  'digest',
  'schedule',
  'mute',
  'unmute',
  'status',
  'cancel',
  'retry',
  'link',
  'help',
  'whoami',
]);
export type Verb = z.infer<typeof Verb>;

/** What people and schedules can ask for, once it is understood. A new one is a list of compiler errors. */
export const Command = z.discriminatedUnion('verb', [
  z.strictObject({
    verb: z.literal('run'),
    app: AppName,
    only: z.enum(['db', 'files']).optional(),
    /** Destinations by name; empty means all of the app's. */
    to: z.array(z.string()),
  }),
  z.strictObject({ verb: z.literal('list'), app: AppName.optional() }),
  CleanCommand,
  VerifyCommand,
  z.strictObject({ verb: z.literal('monitor'), app: AppName.optional() }),
  z.strictObject({ verb: z.literal('digest') }),
  /** Alone it shows what is due when; with `pause` and `resume` it holds the schedule of an app, and lets it go on. */
  z.strictObject({
    verb: z.literal('schedule'),
    change: z.enum(['pause', 'resume']).optional(),
    app: AppName.optional(),
    /** Left out: until it is resumed. */
    span: Span.optional(),
  }),
  /** Alerts of the app are not told, for an hour when no time is named. */
  z.strictObject({
    verb: z.literal('mute'),
    app: AppName,
    span: Span.optional(),
    reason: z.string().max(200).optional(),
  }),
  z.strictObject({ verb: z.literal('unmute'), app: AppName }),
  /** With a run: all about that one. */
  z.strictObject({ verb: z.literal('status'), run: z.string().optional() }),
  z.strictObject({ verb: z.literal('cancel'), run: z.string() }),
  /** The same words again. */
  z.strictObject({ verb: z.literal('retry'), run: z.string() }),
  /** Alone it gives a code that makes an account on another platform the same person; with the code, there, it is asked for. */
  z.strictObject({
    verb: z.literal('link'),
    code: z.string().max(40).optional(),
    how: z.enum(['accept', 'refuse', 'remove']).optional(),
  }),
  z.strictObject({ verb: z.literal('help'), topic: Verb.optional() }),
  z.strictObject({ verb: z.literal('whoami') }),
]);
export type Command = z.infer<typeof Command>;
