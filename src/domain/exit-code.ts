import { foundWrong, type PlannedPlace } from './cleanup-report.ts';
import { isHealthy } from './health/verdict.ts';
import type { Report } from './report.ts';

/** What a program hears of a report: 0 done, 1 failed or unhealthy, 2 not understood. */
export function exitCodeOf(report: Report): 0 | 1 | 2 {
  switch (report.kind) {
    case 'not-understood':
    case 'choose-app':
      return 2;
    case 'run':
      return report.outcome === 'stored' ? 0 : 1;
    case 'overview':
      return report.holdings.every(({ reachable }) => reachable) ? 0 : 1;
    case 'backups':
      return report.destinations.every(({ reachable }) => reachable) ? 0 : 1;
    case 'cancel':
      return report.became === 'too-late' ? 1 : 0;
    case 'cleanup-plan':
      return report.insteadOf === undefined && report.places.every(isReached) ? 0 : 1;
    case 'cleaned':
      return report.outcome === 'cleaned' && !foundWrong(report) ? 0 : 1;
    case 'verified':
      return report.outcome === 'whole' ? 0 : 1;
    case 'digest':
      return report.totals.unwell + report.totals.unknown === 0 ? 0 : 1;
    case 'clean-queued':
    case 'verify-queued':
      return report.already ? 1 : 0;
    case 'health':
      return isHealthy(report.verdicts) ? 0 : 1;
    case 'already-running':
    case 'refused':
    case 'no-worker':
    case 'trouble':
    case 'chat-trouble':
      return 1;
    case 'alert':
    case 'missed':
    case 'schedule':
    case 'paused':
    case 'resumed':
    case 'muted':
    case 'unmuted':
    case 'queued':
    case 'status':
    case 'details':
    case 'link':
    case 'help':
    case 'whoami':
      return 0;
  }
}

/** One that may only be written to is as it should be. */
function isReached(place: PlannedPlace): boolean {
  return place.reachable || place.writeOnly;
}
