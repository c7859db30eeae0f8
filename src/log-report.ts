import type { HealthVerdict } from './domain/health/verdict.ts';
import type { EndedWork, Report, RunReport } from './domain/report.ts';
import { humanBytes, humanList } from './domain/units.ts';
import type { Log } from './log.ts';

interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly sentence: string;
  readonly facts: object;
}

/**
 * Writes down how work ended: one line each for a run, a clean and a verification, whatever its outcome, and for whatever else is
 * wrong. An operator who reads only the log misses no failure. `so` ends the sentence. What somebody asked to be told of the health of
 * backups is an answer, and not written.
 */
export function logReport(report: Report, log: Log, { so = '', isAnswer = false } = {}): void {
  const line = isAnswer && report.kind === 'health' ? undefined : lineOf(report);
  if (line !== undefined) log[line.level](`${line.sentence}${so}`, line.facts);
}

function lineOf(report: Report): Line | undefined {
  switch (report.kind) {
    case 'run':
    case 'cleaned':
    case 'verified':
      return lineOfWork(report);
    case 'missed': {
      const { app, chore, due } = report;
      const sentence = `The ${chore} of ${app} was missed, due at ${humanList(due.slice(-3))}.`;
      return { level: 'warn', sentence, facts: { app, outcome: 'missed', chore, due } };
    }
    case 'health':
      return lineOfHealth(report.verdicts);
    case 'trouble':
      return {
        level: 'error',
        sentence: `"${report.doing}" could not be done: ${report.reason}`,
        facts: { outcome: 'failed', reason: report.reason },
      };
    case 'queued':
    case 'already-running':
    case 'cancel':
    case 'details':
    case 'cleanup-plan':
    case 'clean-queued':
    case 'verify-queued':
    case 'overview':
    case 'backups':
    case 'status':
    case 'alert':
    case 'schedule':
    case 'paused':
    case 'resumed':
    case 'muted':
    case 'unmuted':
    case 'digest':
    case 'link':
    case 'help':
    case 'whoami':
    case 'refused':
    case 'not-understood':
    case 'choose-app':
    case 'no-worker':
    case 'chat-trouble':
      return undefined; // An answer, or written where it arises.
  }
}

function lineOfWork(report: EndedWork): Line {
  const { app, outcome } = report;
  const id = report.kind === 'run' ? report.runId : report.jobId;
  const reasons = reasonsOf(report);
  const because = reasons.length === 0 ? '' : `: ${reasons.join(' ')}`;
  const title = `${nouns[report.kind]} of ${app} (${id}) ${endingOf(report)}`;
  return {
    level: levels[outcome],
    sentence: because === '' ? `${title}.` : `${title}${because}`,
    facts: { app, id, outcome, ...(reasons.length > 0 && { reason: reasons.join(' ') }) },
  };
}

const nouns = { run: 'Backup', cleaned: 'Clean', verified: 'Verification' } as const;

const levels: Readonly<Record<EndedWork['outcome'], Line['level']>> = {
  stored: 'info',
  cleaned: 'info',
  whole: 'info',
  cancelled: 'warn',
  partly: 'warn',
  unknown: 'warn',
  differs: 'error',
  failed: 'error',
};

function endingOf(report: EndedWork): string {
  switch (report.outcome) {
    case 'stored':
      return `is stored${sizeOf(report)}`;
    case 'cleaned':
      return 'is done';
    case 'whole':
      return 'found every backup whole';
    case 'partly':
      return report.kind === 'run' ? `is stored only partly${sizeOf(report)}` : 'is done only partly';
    case 'differs':
      return 'found a backup that is not what was stored';
    case 'unknown':
      return 'could not verify every backup';
    case 'cancelled':
      return `was cancelled by ${report.cancelledBy?.id ?? 'somebody'}`;
    case 'failed':
      return 'failed';
  }
}

function sizeOf({ archive, destinations }: RunReport): string {
  const stored = destinations
    .filter(({ outcome }) => outcome === 'stored')
    .map(({ destination }) => destination);
  return archive === undefined ? '' : ` in ${humanList(stored)}, ${humanBytes(archive.sizeInBytes)}`;
}

/** What went wrong, and where. */
function reasonsOf(report: EndedWork): string[] {
  const reason = report.reason === undefined ? [] : [report.reason];
  switch (report.kind) {
    case 'run':
      return [
        ...reason,
        ...report.destinations.flatMap((each) =>
          each.outcome === 'failed' ? [`${each.destination}: ${each.reason}`] : [],
        ),
      ];
    case 'cleaned':
      return [
        ...reason,
        ...report.places.flatMap((place) =>
          place.reachable
            ? place.failed.slice(0, 3).map(({ problem }) => problem)
            : [`${place.destination}: ${place.problem}`],
        ),
      ];
    case 'verified':
      return [
        ...reason,
        ...report.places.flatMap((place) =>
          place.reachable
            ? place.backups.flatMap(({ problem }) => problem ?? []).slice(0, 3)
            : [`${place.destination}: ${place.problem}`],
        ),
      ];
  }
}

function lineOfHealth(verdicts: readonly HealthVerdict[]): Line | undefined {
  const problems = verdicts.flatMap(({ app, failures }) =>
    failures.map(({ problem }) => `${app}: ${problem}`),
  );
  if (problems.length === 0) return undefined;
  const apps = [...new Set(verdicts.flatMap(({ app, failures }) => (failures.length > 0 ? [app] : [])))];
  const sentence = `The backups of ${humanList(apps)} are not as they should be. ${problems.join(' ')}`;
  return { level: 'warn', sentence, facts: { apps, outcome: 'unhealthy', problems } };
}
