import type { DateTime } from 'luxon';
import { toInstant } from '../../src/domain/instant.ts';
import type { Progress } from '../../src/domain/report.ts';
import type { RunJob } from '../../src/queue/contracts.ts';
import type { JobInHand } from '../../src/queue/queue.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const everyMs = 500;

/** Counts what a run reads and writes, and tells whoever follows it, at most twice a second. */
export interface Meter {
  step(step: Progress['step'], subject?: string): void;
  entry(): void;
  /** So many bytes more went in. */
  content(bytes: number): void;
  /** So many bytes of the archive have left, in all. */
  archive(sizeInBytes: number): void;
  /** The same, for a run that begins again. */
  fromNothing(): Meter;
  /** So many bytes went in, so far. */
  readonly contentInBytes: number;
}

interface Metered {
  readonly job: JobInHand<RunJob>;
  /** How much there is to read, about. */
  readonly expectedInBytes: number;
  readonly clock: () => DateTime;
}

export function meterRun({ job, expectedInBytes, clock }: Metered): Meter {
  const startedAt = clock();
  const facts = { contentInBytes: 0, archiveInBytes: 0, entries: 0 };
  let doing: Pick<Progress, 'step' | 'subject'> = { step: 'starting' };
  const { app } = job.data.command;
  let toldAt = 0;

  function tell(): void {
    const now = clock();
    toldAt = now.toMillis();
    const progress: Progress = {
      app,
      ...doing,
      ...facts,
      expectedInBytes,
      startedAt: toInstant(startedAt),
      at: toInstant(now),
    };
    job.progress(progress);
  }

  function count(what: keyof typeof facts, total: number): void {
    facts[what] = total;
    if (clock().toMillis() - toldAt >= everyMs) tell();
  }

  const meter: Meter = {
    step(step, subject) {
      doing = subject === undefined ? { step } : { step, subject };
      tell();
    },
    entry: () => count('entries', facts.entries + 1),
    content: (bytes) => count('contentInBytes', facts.contentInBytes + bytes),
    archive: (sizeInBytes) => count('archiveInBytes', sizeInBytes),
    fromNothing() {
      Object.assign(facts, { contentInBytes: 0, archiveInBytes: 0, entries: 0 });
      return meter;
    },
    get contentInBytes() {
      return facts.contentInBytes;
    },
  };
  return meter;
}
