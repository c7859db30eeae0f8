import type { Ask } from '../../chat/platform.ts';
import type { KnownApp } from '../../domain/known-app.ts';
import { type Answered, type Answering, toAsker } from '../answering.ts';
import { newId } from '../new-id.ts';
import { beginAskedDigest } from './begin-digest.ts';

/** A digest of `apps` for whoever asks, and for nobody else. @throws {QueueError} @throws {StateError} */
export async function askForDigest(apps: readonly KnownApp[], ask: Ask, tools: Answering): Promise<Answered> {
  const id = newId('q');
  await beginAskedDigest(
    { id, askedBy: ask.from, to: toAsker(ask), apps: apps.map(({ name }) => name) },
    tools,
  );
  return { told: [], pending: [id] };
}
