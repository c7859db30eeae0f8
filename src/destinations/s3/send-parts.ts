import { setMaxListeners } from 'node:events';
import type { CompletedPart } from '@aws-sdk/client-s3';
import type { Part } from './parts.ts';

/**
 * Sends parts as they come, each as soon as there is one. The first that fails ends the others and `stopReading`s. In their order.
 * @throws what the first failure was, once no part is on its way any more.
 */
export async function sendParts(
  parts: AsyncIterable<Part>,
  send: (part: Part, signal: AbortSignal) => Promise<CompletedPart>,
  { signal, stopReading }: { readonly signal: AbortSignal; stopReading(): void },
): Promise<CompletedPart[]> {
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  setMaxListeners(0, either); // Every part on its way listens.
  const sent: Promise<CompletedPart>[] = [];

  function fail(error: unknown): void {
    if (failing.signal.aborted) return;
    failing.abort(error);
    stopReading();
  }

  try {
    for await (const part of parts) {
      const sending = send(part, either).finally(part.giveBack);
      sending.catch(fail);
      sent.push(sending);
    }
  } catch (error) {
    fail(error);
  }
  await Promise.allSettled(sent);
  failing.signal.throwIfAborted();
  return Promise.all(sent);
}
