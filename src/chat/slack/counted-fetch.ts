import type { webApi } from '@slack/bolt';
import type { CallOutcome, ChatTools } from '../tools.ts';

/** Asks Slack as usual, reports what became of each request, and takes no answer that is larger than any of Slack's. */
export function countedFetch(onCall: ChatTools['onCall']): webApi.FetchFunction {
  return async (...request) => {
    try {
      const response = await fetch(...request);
      onCall?.('slack', outcomeOf(response));
      return limited(response);
    } catch (thrown) {
      onCall?.('slack', 'failed');
      throw thrown;
    }
  };
}

/** A page of members or channels takes less than a tenth of it. */
const mostBytes = 8 * 1024 * 1024;

function limited({ body, status, statusText, headers }: Response): Response {
  let sizeInBytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      sizeInBytes += chunk.length;
      if (sizeInBytes > mostBytes) throw new Error('Slack’s answer is longer than 8 MiB, and was given up.');
      controller.enqueue(chunk);
    },
  });
  return new Response(body?.pipeThrough(counted) ?? null, { status, statusText, headers });
}

function outcomeOf({ status }: Response): CallOutcome {
  if (status === 429) return 'too-many';
  return status >= 500 ? 'failed' : 'answered';
}
