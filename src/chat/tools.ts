import type { ChatMemory } from './memory.ts';

/** Where a platform tells the operator what people in the chat cannot mend. */
export interface ChatLog {
  debug(sentence: string): void;
  info(sentence: string): void;
  warn(sentence: string): void;
  error(sentence: string): void;
}

/** What a chat platform is given by the process it lives in. */
export interface ChatTools {
  readonly memory: ChatMemory;
  readonly log: ChatLog;
}
