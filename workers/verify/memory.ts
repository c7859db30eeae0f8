import { toInstant } from '../../src/domain/instant.ts';
import {
  VerifyMemory,
  verifyMemoryInSeconds,
  verifyMemoryKey,
  withVerified,
} from '../../src/domain/verify-memory.ts';
import type { VerifiedBackup } from '../../src/domain/verify-report.ts';
import { sentenceOf } from '../../src/log.ts';
import { recallNotCompared } from '../backup/not-compared.ts';
import type { Tools } from '../tools.ts';

/** What is known of the backups of an app at a destination since they were last read. @throws {StateError} */
export async function recallVerified(
  app: string,
  destination: string,
  { state }: Pick<Tools, 'state'>,
): Promise<VerifyMemory> {
  const verified = VerifyMemory.safeParse(await state.recall(verifyMemoryKey(app, destination))).data ?? {};
  const notCompared = await recallNotCompared(app, destination, state);
  const unread = Object.entries(notCompared).filter(([key]) => verified[key]?.last === undefined);
  return { ...verified, ...Object.fromEntries(unread) };
}

interface Place {
  readonly app: string;
  readonly destination: string;
  /** The keys of all backups there. */
  readonly there: readonly string[];
}

/** Keeps what reading has shown. There is one verification of an app at a time, so nobody else changes it meanwhile. */
export async function rememberVerified(
  { app, destination, there }: Place,
  verified: readonly VerifiedBackup[],
  tools: Pick<Tools, 'state' | 'log' | 'clock'>,
): Promise<void> {
  try {
    const before = await recallVerified(app, destination, tools);
    const memory = withVerified(before, verified, { there, at: toInstant(tools.clock()) });
    await tools.state.remember(verifyMemoryKey(app, destination), memory, verifyMemoryInSeconds);
  } catch (thrown) {
    tools.log.warn(`What was read of ${app} at ${destination} cannot be kept now: ${sentenceOf(thrown)}`);
  }
}
