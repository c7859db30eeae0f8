import type { DateTime } from 'luxon';
import { fromInstant, type Instant, toInstant } from '../../src/domain/instant.ts';
import { Progress, type Step } from '../../src/domain/report.ts';

/** What a run did when, kept from what it says of itself. */
export interface Steps {
  /** Hears what the run says, and passes it on together with the steps so far. */
  progress(facts: object): void;
  /** All of them, when the run has ended. */
  ended(): Step[];
}

export function keepSteps(passOn: (facts: object) => void, clock: () => DateTime): Steps {
  const past: Step[] = [];
  let current: Step = { step: 'starting', startedAt: toInstant(clock()), contentInBytes: 0 };
  let readBefore = 0;
  let read = 0;

  function sofar(): Step {
    return { ...current, contentInBytes: Math.max(0, read - readBefore) };
  }

  function begin({ step, subject, at }: Progress): void {
    past.push(finished(sofar(), at));
    readBefore = read;
    current = { step, startedAt: at, contentInBytes: 0, ...(subject !== undefined && { subject }) };
  }

  return {
    progress(facts) {
      const progress = Progress.parse(facts);
      read = progress.contentInBytes;
      if (progress.step !== current.step || progress.subject !== current.subject) begin(progress);
      passOn({ ...progress, steps: [...past, sofar()] });
    },
    ended: () => [...past, finished(sofar(), toInstant(clock()))],
  };
}

function finished(step: Step, at: Instant): Step {
  const seconds = fromInstant(at).diff(fromInstant(step.startedAt)).as('seconds');
  return { ...step, seconds: Math.max(0, seconds) };
}
