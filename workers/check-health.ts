import type { Watch } from '../src/domain/health/check.ts';
import { judgeHealth, limitsAt } from '../src/domain/health/registry.ts';
import { toInstant } from '../src/domain/instant.ts';
import type { ReportOf } from '../src/domain/report.ts';
import { cleansOf } from '../src/queue/contracts.ts';
import type { App } from './app.ts';
import { holdingOf } from './holding-of.ts';
import { takeInventory } from './inventory.ts';
import { runningSince } from './running-since.ts';
import { runsDueOf } from './schedules/runs-due.ts';
import { straysBeside } from './strays.ts';
import type { Tools } from './tools.ts';

/** So many destinations are looked at together: enough not to wait for one after another, too few to be a burden. */
const atATime = 16;

type HealthReport = ReportOf<'health'>;

/** Looks at what every destination of `apps` holds, and judges it. One that cannot be reached is told as just that. */
export async function checkHealth(apps: readonly App[], tools: Tools): Promise<HealthReport> {
  const now = tools.clock();
  const running = await runningSince(tools);
  const cleaned = await beingCleaned(tools);
  const places = apps.flatMap((app) => app.destinations.map((destination) => ({ app, destination })));
  const report: HealthReport = {
    kind: 'health',
    group: tools.group,
    at: toInstant(now),
    verdicts: [],
    holdings: [],
  };

  for (let at = 0; at < places.length; at += atATime) {
    const looks = places.slice(at, at + atATime).map(async ({ app, destination }) => {
      const facts = await takeInventory(app.name, destination, tools);
      const limits = limitsAt(app.health, app.retention.policyAt(destination.name));
      const since = running.get(app.name);
      const runs = await runsDueOf(app, tools);
      const watch: Watch = {
        ...{ app: app.name, now, zone: app.zone },
        ...(runs && { runs }),
        ...(since && { runningSince: since }),
        isBeingCleaned: cleaned.has(app.name),
        isOnlyWatched: app.files === undefined && app.dumpers.length === 0,
      };
      return { verdict: judgeHealth(facts, watch, limits), holding: holdingOf(app, facts, limits) };
    });
    for (const { verdict, holding } of await Promise.all(looks)) {
      report.verdicts.push(verdict);
      report.holdings.push(holding);
    }
  }
  return { ...report, ...(await straysBeside(apps, tools)) };
}

async function beingCleaned({ queue, group }: Tools): Promise<ReadonlySet<string>> {
  const unfinished = await queue.unfinished(cleansOf(group));
  return new Set(unfinished.map(({ data }) => data.command.app));
}
