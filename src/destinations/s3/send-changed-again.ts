import type { S3Client } from '@aws-sdk/client-s3';
import { codeOf } from './errors.ts';

/**
 * Lets the client send again what the store has refused by its sums: a bit has changed on its way, and what was read is still at
 * hand. The SDK takes such an answer for final. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function sendChangedAgain({ middlewareStack }: S3Client): void {
  middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (error instanceof Error && otherSums.has(codeOf(error))) Object.assign(error, { $retryable: {} });
        throw error;
      }
    },
    { name: 'sendChangedAgain', step: 'finalizeRequest', priority: 'low' }, // Inside of what tries again.
  );
}

const otherSums: ReadonlySet<string> = new Set([
  'BadDigest',
  'XAmzContentSHA256Mismatch',
  'XAmzContentChecksumMismatch',
]);
