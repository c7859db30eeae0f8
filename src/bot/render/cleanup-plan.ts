import type { Action, Block, Line, Message } from '../../chat/message.ts';
import type { CleanupPlanReport, PlannedPlace } from '../../domain/cleanup-report.ts';
import { humanBytes, humanCount } from '../../domain/units.ts';
import { countAndSize, judgedTable, sizeOf } from './judged-table.ts';

type Reached = Extract<PlannedPlace, { reachable: true }>;

/** What would go, what stays and why; and the button that carries out exactly this. */
export function renderCleanupPlan(plan: CleanupPlanReport): Message {
  const reached = plan.places.filter((place) => place.reachable);
  const troubled = plan.insteadOf !== undefined || plan.places.some(isTroubled);
  return {
    tone: troubled ? 'warning' : 'plain',
    title: titleOf(plan, reached),
    blocks: [
      { kind: 'lines', lines: becauseLines(plan) },
      ...plan.places.flatMap((place) => placeBlocks(place, plan)),
    ],
    actions: confirmationOf(plan, reached),
  };
}

function isTroubled(place: PlannedPlace): boolean {
  return place.reachable ? place.warnings.length > 0 : !place.writeOnly;
}

function titleOf({ app }: CleanupPlanReport, reached: readonly Reached[]): Line {
  const going = reached.flatMap(({ remove }) => remove);
  if (reached.length === 0) return ['No destination of ', { strong: app }, ' was reached'];
  if (going.length === 0) return ['No backup of ', { strong: app }, ' has to go'];
  const frees = `removes ${humanCount(going.length, 'backup')} and frees ${humanBytes(sizeOf(going))}`;
  return ['Cleaning ', { strong: app }, ` ${frees}`];
}

function becauseLines({ insteadOf }: CleanupPlanReport): Line[] {
  switch (insteadOf) {
    case 'another-plan':
      return [['The listing has changed since that plan was shown, so nothing was removed. This is it now.']];
    case 'a-broken-off-clean':
      return [
        ['The worker stopped in the middle of the clean, so a part of it is done. This is what is left.'],
      ];
    case undefined:
      return [];
  }
}

function placeBlocks(place: PlannedPlace, { dryRun }: CleanupPlanReport): Block[] {
  if (!place.reachable) return [{ kind: 'lines', lines: [notReachedLine(place)] }];
  return [
    { kind: 'lines', lines: placeLines(place) },
    ...judgedTable('goes', place.remove),
    ...(dryRun ? judgedTable('stays', place.keep) : []),
  ];
}

type NotReached = Extract<PlannedPlace, { reachable: false }>;

function notReachedLine({ destination, problem, writeOnly }: NotReached): Line {
  return [writeOnly ? '· ' : '✖ ', { strong: destination }, `: ${problem} Nothing is done there.`];
}

function placeLines({ destination, remove, keep, leftovers, warnings }: Reached): Line[] {
  const notes = [
    ...(leftovers.length > 0 ? [`${leftoverWords(leftovers.length)} to go, too`] : []),
    ...warnings,
  ];
  return [
    [{ strong: destination }, `: ${countAndSize(remove)} to go, ${countAndSize(keep)} to stay`],
    ...notes.map((note) => [`note: ${note}`]),
  ];
}

function confirmationOf(plan: CleanupPlanReport, reached: readonly Reached[]): Action[] {
  if (plan.dryRun || plan.confirmation === undefined) return [];
  const backups = reached.flatMap(({ remove }) => remove).length;
  const leftovers = reached.flatMap((place) => place.leftovers).length;
  const confirm = { words: plan.confirmation, look: 'danger', typed: plan.app } as const;
  if (backups + leftovers === 0) return [{ label: 'Accept that they have vanished', ...confirm }];
  const what = backups > 0 ? humanCount(backups, 'backup') : leftoverWords(leftovers);
  return [{ label: `Delete ${what}`, ...confirm }];
}

/** A manifest whose archive has gone. */
function leftoverWords(count: number): string {
  return humanCount(count, 'manifest without an archive', 'manifests without an archive');
}
