import { z } from 'zod';

/** What the ids of buttons begin with: those that ask at once, and those that have something typed first. */
export const actionIds = { ask: 'ask', confirm: 'confirm' } as const;

/** What a button carries that has something typed first. */
const Confirm = z.object({ words: z.string(), label: z.string(), typed: z.string() });
export type Confirm = z.infer<typeof Confirm>;

export function writeConfirm({ words, label, typed }: Confirm): string {
  return JSON.stringify({ words, label, typed });
}

/** Nothing when it is not what {@link writeConfirm} wrote. */
export function readConfirm(value: string): Confirm | undefined {
  try {
    return Confirm.parse(JSON.parse(value));
  } catch {
    return undefined; // A button of another version.
  }
}
