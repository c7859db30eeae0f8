import type { Message } from '../chat/message.ts';
import type { Ask } from '../chat/platform.ts';
import type { Answering } from './answering.ts';
import { audit } from './audit.ts';
import { consider } from './consider.ts';
import { withLinks } from './link/linked-ids.ts';
import { render } from './render.ts';

/** What is said to whoever may not ask for this, and written down; nothing when it may be asked for. @throws {QueueError} @throws {StateError} */
export async function refuse(heard: Ask, tools: Answering): Promise<Message | undefined> {
  const ask = await withLinks(heard, tools);
  const decision = await consider(ask.words, ask, tools);
  if (decision.kind !== 'refused') return undefined;

  await audit(ask, { decision: 'refused' }, tools);
  return render(decision, tools.clock());
}
