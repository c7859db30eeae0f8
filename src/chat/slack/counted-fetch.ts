import type { webApi } from '@slack/bolt';
import type { CallOutcome, ChatTools } from '../tools.ts';

/** Asks Slack as usual, and tells what became of each request. */
export function countedFetch(onCall: NonNullable<ChatTools['onCall']>): webApi.FetchFunction {
  return async (...request) => {
    try {
      const response = await fetch(...request);
      onCall('slack', outcomeOf(response));
      return response;
    } catch (thrown) {
      onCall('slack', 'failed');
      throw thrown;
    }
  };
}

function outcomeOf({ status }: Response): CallOutcome {
  if (status === 429) return 'too-many';
  return status >= 500 ? 'failed' : 'answered';
}
