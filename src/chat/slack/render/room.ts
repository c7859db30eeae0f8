import type { types } from '@slack/bolt';

/** How many characters Slack takes in the blocks of a message together, less some to spare: it says 13,200 and counts its own way. */
const mostCharacters = 12_500;
// https://docs.slack.dev/reference/block-kit/blocks
const mostBlocks = 50;

/** What a message has left to be filled with, in the order in which it is read. */
export interface Room {
  /** Takes room for so much if there is; once there is not, the room is full for whatever comes after. */
  take(characters: number, blocks: number): boolean;
  /** How many characters there is room for. */
  charactersLeft(): number;
}

/** The room beside blocks that have their place, and a last block that says how much is left out. */
export function roomBeside(blocks: readonly types.KnownBlock[]): Room {
  let characters = mostCharacters - charactersIn(blocks);
  let count = mostBlocks - blocks.length - 2;
  let full = false;

  return {
    take(wanted, wantedBlocks) {
      full ||= wanted > characters || wantedBlocks > count;
      if (full) return false;
      characters -= wanted;
      count -= wantedBlocks;
      return true;
    },
    charactersLeft: () => (full ? 0 : characters),
  };
}

/** How many of these lengths fit together, from the first. */
export function howManyFit(lengths: readonly number[], longest: number): number {
  let left = longest;
  for (const [at, length] of lengths.entries()) {
    left -= length;
    if (left < 0) return at;
  }
  return lengths.length;
}

/** All that is read in a part of a message: texts, labels, and what stands for a date. */
export function charactersIn(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  const own = 'text' in part && typeof part.text === 'string' ? part.text.length : 0;
  const date = 'fallback' in part && typeof part.fallback === 'string' ? part.fallback.length : 0;
  return Object.values(part).reduce<number>((sum, inner) => sum + charactersIn(inner), own + date);
}
