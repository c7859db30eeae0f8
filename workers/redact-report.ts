import type { CleanedPlace, PlannedPlace } from '../src/domain/cleanup-report.ts';
import type { HealthVerdict } from '../src/domain/health/verdict.ts';
import type { Holding, Report, ReportOf, RunReport } from '../src/domain/report.ts';
import type { VerifiedPlace } from '../src/domain/verify-report.ts';

type Redact = (text: string) => string;

/**
 * Takes secrets out of the sentences of a report: what programs and servers said, which may repeat what they were given.
 * Names stay as they are; an app called like its password is still that app.
 */
export function redactReport(report: Report, redact: Redact): Report {
  switch (report.kind) {
    case 'run':
      return redactRun(report, redact);
    case 'overview':
      return { ...report, holdings: report.holdings.map((holding) => redactProblem(holding, redact)) };
    case 'backups':
      return { ...report, destinations: report.destinations.map((row) => redactProblem(row, redact)) };
    case 'cleanup-plan':
      return { ...report, places: report.places.map((place) => redactProblem(place, redact)) };
    case 'cleaned':
      return {
        ...report,
        ...(report.reason !== undefined && { reason: redact(report.reason) }),
        places: report.places.map((place) => redactCleaned(place, redact)),
        ...(report.verdicts && {
          verdicts: report.verdicts.map((verdict) => redactVerdict(verdict, redact)),
        }),
      };
    case 'verified':
      return {
        ...report,
        ...(report.reason !== undefined && { reason: redact(report.reason) }),
        places: report.places.map((place) => redactVerified(place, redact)),
      };
    case 'health':
      return {
        ...report,
        verdicts: report.verdicts.map((verdict) => redactVerdict(verdict, redact)),
        holdings: report.holdings.map((holding) => redactProblem(holding, redact)),
      };
    case 'trouble':
      return { ...report, reason: redact(report.reason) };
    case 'chat-trouble':
      return { ...report, problem: redact(report.problem) };
    case 'queued':
    case 'already-running':
    case 'clean-queued':
    case 'verify-queued':
    case 'status':
    case 'digest':
    case 'alert': // Made of verdicts that were redacted.
    case 'missed':
    case 'schedule':
    case 'paused':
    case 'resumed':
    case 'muted':
    case 'unmuted':
    case 'cancel':
    case 'details':
    case 'link':
    case 'help':
    case 'whoami':
    case 'refused':
    case 'not-understood':
    case 'choose-app':
    case 'no-worker':
      return report; // Holds no word from outside.
  }
}

/** Takes secrets out of what programs and destinations said during a run. */
function redactRun(report: RunReport, redact: Redact): RunReport {
  return {
    ...report,
    ...(report.reason !== undefined && { reason: redact(report.reason) }),
    warnings: report.warnings.map(redact),
    destinations: report.destinations.map((stored) =>
      stored.outcome === 'failed' ? { ...stored, reason: redact(stored.reason) } : stored,
    ),
  };
}

function redactCleaned(place: CleanedPlace, redact: Redact): CleanedPlace {
  if (!place.reachable) return redactProblem(place, redact);
  return {
    ...place,
    failed: place.failed.map(({ key, problem }) => ({ key, problem: redact(problem) })),
  };
}

function redactVerified(place: VerifiedPlace, redact: Redact): VerifiedPlace {
  if (!place.reachable) return redactProblem(place, redact);
  const backups = place.backups.map((backup) => ({
    ...backup,
    ...(backup.problem !== undefined && { problem: redact(backup.problem) }),
  }));
  return { ...place, backups };
}

function redactVerdict(verdict: HealthVerdict, redact: Redact): HealthVerdict {
  const failures = verdict.failures.map((failure) => ({ ...failure, problem: redact(failure.problem) }));
  return { ...verdict, failures };
}

type Row =
  | Holding
  | ReportOf<'backups'>['destinations'][number]
  | PlannedPlace
  | CleanedPlace
  | VerifiedPlace;

function redactProblem<R extends Row>(row: R, redact: Redact): R {
  return row.reachable ? row : { ...row, problem: redact(row.problem) };
}
