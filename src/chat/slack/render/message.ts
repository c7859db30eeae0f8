import type { types } from '@slack/bolt';
import type { Action, Block, Line, Message, Tone } from '../../message.ts';
import { actionBlocks } from './actions.ts';
import { blockLines } from './lines.ts';
import { boldLine, clipMrkdwn, mrkdwn } from './mrkdwn.ts';
import { charactersIn, type Room, roomBeside } from './room.ts';
import { type Table, tableBlock } from './table.ts';

/** What `chat.postMessage`, `chat.update` and a `response_url` take. */
export interface SlackContent {
  /** All that the blocks say: a screen reader reads nothing else. https://docs.slack.dev/reference/methods/chat.postMessage */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

// https://docs.slack.dev/reference/block-kit/blocks/section-block
export const longestSection = 3000;
// More than that, and chat.update refuses it: https://docs.slack.dev/reference/methods/chat.update
const longestText = 4000;

const marks: Record<Tone, string> = { good: '✅', warning: '⚠️', bad: '❌', plain: '', working: '⏳' };

/** A message in Slack's blocks, within every limit whatever it holds: what has no room is counted. */
export function slackMessage(message: Message): SlackContent {
  const { blocks: actions, leftOut } = actionBlocks(message);
  const title = sections([titleText(message)]);
  const body = bodyBlocks(message, leftOut, roomBeside([...title, ...actions]));
  return { text: clipMrkdwn(textOf(message, leftOut), longestText), blocks: [...title, ...body, ...actions] };
}

/** Title and body as sections, without anything to press; for the Home tab too, where no table may stand. */
export function sections(lines: readonly string[]): types.SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines
    .map((each) => clipMrkdwn(each, longestSection))
    .filter((each) => each.trim() !== '')) {
    const joined = texts.length === 0 ? line : `${texts.at(-1)}\n${line}`;
    if (texts.length > 0 && joined.length <= longestSection) texts[texts.length - 1] = joined;
    else texts.push(line);
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }));
}

export function titleText({ tone, title }: Pick<Message, 'tone' | 'title'>): string {
  return `${marks[tone]} ${boldLine(title)}`.trim();
}

function textLines({ blocks }: Pick<Message, 'blocks'>): string[] {
  return blocks.flatMap((block) => blockLines(block).map(mrkdwn));
}

function textOf(message: Message, leftOut: readonly Action[]): string {
  const lines = [titleText(message), ...textLines(message), ...leftOut.map(wordsOf)];
  return lines.filter((line) => line !== '').join('\n') || '–';
}

/** A part of a message, and how many of its lines or rows have no room. */
interface Part {
  readonly blocks: readonly types.KnownBlock[];
  readonly hidden: number;
}

function bodyBlocks(message: Message, leftOut: readonly Action[], room: Room): types.KnownBlock[] {
  const only = onlyTable(message.blocks);
  const parts = message.blocks.map((block) =>
    block === only ? tablePart(only, room) : linesPart(blockLines(block).map(mrkdwn), room),
  );
  return joined([...parts, linesPart(leftOut.map(wordsOf), room)]);
}

/** How much is left out is said once, where it is left out. */
function joined(parts: readonly Part[]): types.KnownBlock[] {
  const blocks: types.KnownBlock[] = [];
  let hidden = 0;
  for (const part of parts) {
    if (part.blocks.length > 0) {
      blocks.push(...moreBlocks(hidden), ...part.blocks);
      hidden = 0;
    }
    hidden += part.hidden;
  }
  return [...blocks, ...moreBlocks(hidden)];
}

function moreBlocks(hidden: number): types.SectionBlock[] {
  return sections(hidden === 0 ? [] : [`… and ${hidden} more`]);
}

/** Slack takes one table a message; several are shown as lines, all alike. */
function onlyTable(blocks: readonly Block[]): Table | undefined {
  const [first, ...others] = blocks.filter((block) => block.kind === 'table');
  return others.length === 0 && first !== undefined && first.rows.length > 0 ? first : undefined;
}

function tablePart(whole: Table, room: Room): Part {
  const table = tableBlock(whole, room.charactersLeft());
  const shown = table.rows.length - 1; // Without the head.
  if (shown > 0 && room.take(charactersIn(table), 1))
    return { blocks: [table], hidden: whole.rows.length - shown };
  return { blocks: [], hidden: whole.rows.length };
}

/** Each line is taken by itself, so that those that have room are shown. */
function linesPart(lines: readonly string[], room: Room): Part {
  const written = lines.filter((line) => line.trim() !== '').map((line) => clipMrkdwn(line, longestSection));
  const taken: string[] = [];
  let section = longestSection;
  for (const line of written) {
    const opens = section + line.length + 1 > longestSection;
    if (!room.take(line.length + 1, opens ? 1 : 0)) break;
    section = opens ? line.length : section + line.length + 1;
    taken.push(line);
  }
  return { blocks: sections(taken), hidden: written.length - taken.length };
}

function wordsOf({ label, words }: Action): string {
  const line: Line = [`${label}: `, { code: `/backup ${words}` }];
  return mrkdwn(line);
}
