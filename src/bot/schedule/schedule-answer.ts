import type { Ask } from '../../chat/platform.ts';
import type { Command } from '../../domain/command.ts';
import type { KnownApp } from '../../domain/known-app.ts';
import type { Report } from '../../domain/report.ts';
import type { Answering } from '../answering.ts';
import { pauseSchedule, resumeSchedule } from './change-schedule.ts';
import { scheduleOf } from './show-schedule.ts';

type ScheduleCommand = Extract<Command, { verb: 'schedule' }>;

export async function scheduleAnswer(
  { change, app, span }: ScheduleCommand,
  apps: readonly KnownApp[],
  { from }: Ask,
  tools: Answering,
): Promise<Report> {
  if (change === undefined) return scheduleOf(apps, tools, tools.clock());
  if (app === undefined) return whichApp(change, apps);
  if (change === 'pause') return pauseSchedule({ app, span }, from, tools.clock(), tools.state);
  return resumeSchedule(app, tools.clock(), tools.state);
}

function whichApp(change: 'pause' | 'resume', apps: readonly KnownApp[]): Report {
  const names = apps.map(({ name }) => name);
  const commands = names.map((name) => `schedule ${change} ${name}`);
  return { kind: 'choose-app', verb: 'schedule', apps: names, commands };
}
