import { digests } from '../../queue/contracts.ts';
import type { Running } from '../../queue/queue.ts';
import { beginDueDigest } from './begin-digest.ts';
import type { DigestTools } from './digest-tools.ts';
import { finishDigest } from './finish-digest.ts';

/** Brings digests together, those that are due and those that somebody asked for, until it is closed. */
export function workOnDigests(tools: DigestTools): Running {
  return tools.queue.work(digests, ({ data }) => {
    switch (data.step) {
      case 'begin':
        return beginDueDigest(data.place, tools);
      case 'finish':
        return finishDigest(data.gathering, data, tools);
    }
  });
}
