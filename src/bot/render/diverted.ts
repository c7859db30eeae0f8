import type { Inline, Line, Message } from '../../chat/message.ts';
import { type Address, addressName } from '../../domain/who.ts';

interface Answer {
  readonly to: Address;
  readonly message: Message;
}

interface Refusal {
  readonly reason: string;
}

/** The message as it is posted at another place than its own: with a word on where it belongs and why it is not there. */
export function withNote({ to, message }: Answer, [first]: readonly Refusal[], at: Address): Message {
  if (first === undefined) return message;
  const note: Line =
    addressName(at) === addressName(to)
      ? [first.reason]
      : ['This was meant for ', { code: addressName(to) }, '. ', first.reason];
  return { ...message, blocks: [...message.blocks, { kind: 'lines', lines: [note] }] };
}

/** For whoever asked in a place where the answer cannot be posted. */
export function answeredElsewhere(reason: string): Message {
  return {
    tone: 'plain',
    title: ['The answer to this is in your own conversation with me'],
    blocks: [{ kind: 'lines', lines: [[reason]] }],
  };
}

const longestInLog = 500;

/** What the log calls an answer. What is meant for one person only is not written there. */
export function logWordsOf({ to, message }: Answer): string {
  if (to.onlyFor !== undefined) return `An answer to ${to.onlyFor} in ${addressName(to)}`;
  const { title, blocks } = message;
  const lines = [title, ...blocks.flatMap((block) => (block.kind === 'lines' ? block.lines : []))];
  const words = lines.map((line) => line.map(plain).join('')).join(' ⏎ ');
  return `"${[...words].slice(0, longestInLog).join('')}" for ${addressName(to)}`;
}

function plain(part: Inline): string {
  if (typeof part === 'string') return part;
  if ('code' in part) return part.code;
  return 'strong' in part ? part.strong : part.time;
}
