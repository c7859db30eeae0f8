import { z } from 'zod';
import { AppName } from '../backup.ts';
import { CheckName } from '../health/check.ts';
import { Instant } from '../instant.ts';
import { Who } from '../who.ts';

/** One thing that is wrong, or was until lately, and what people have heard of it. */
export const Alert = z.object({
  app: AppName,
  /** Left out where it is about the workers of the app. */
  destination: z.string().optional(),
  check: CheckName,
  problem: z.string(),
  advice: z.string(),
  /** When it began, as far as people know: several changes they heard nothing of are one. */
  since: Instant,
  /** Since when it is over; left out while it is not. */
  resolvedAt: Instant.optional(),
  /** When people last heard that it is wrong; left out while they think all is well. */
  toldAt: Instant.optional(),
  /** When it began each time, of late, oldest first. */
  starts: z.array(Instant),
  /** It comes and goes: that is told instead of each change. */
  flapping: z.boolean(),
  seenAt: Instant,
});
export type Alert = z.infer<typeof Alert>;

/** Nothing of an app is told until then; what is still wrong afterwards is. */
export const Mute = z.object({
  app: AppName,
  until: Instant,
  reason: z.string().optional(),
  by: Who,
});
export type Mute = z.infer<typeof Mute>;

/** All there is to remember between two looks. */
export const AlertState = z.object({
  alerts: z.array(Alert),
  mutes: z.array(Mute),
  /** When messages were sent, of late. */
  messagesAt: z.array(Instant),
});
export type AlertState = z.infer<typeof AlertState>;

export const noAlerts: AlertState = { alerts: [], mutes: [], messagesAt: [] };
