import type { types } from '@slack/bolt';
import type { Action, Block, Line, Message, Tone } from '../../message.ts';
import { actionBlocks } from './actions.ts';
import { blockLines } from './lines.ts';
import { boldLine, clipMrkdwn, mrkdwn } from './mrkdwn.ts';
import { rowsLeftOut, tableBlock } from './table.ts';

/** What `chat.postMessage`, `chat.update` and a `response_url` take. */
export interface SlackContent {
  /** All that the blocks say: a screen reader reads nothing else. https://docs.slack.dev/reference/methods/chat.postMessage */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

// https://docs.slack.dev/reference/block-kit/blocks/section-block
export const longestSection = 3000;
const mostBlocks = 50;
// More than that, and chat.update refuses it: https://docs.slack.dev/reference/methods/chat.update
const longestText = 4000;

const marks: Record<Tone, string> = { good: '✅', warning: '⚠️', bad: '❌', plain: '', working: '⏳' };

/** A message in Slack's blocks, within every limit whatever it holds. */
export function slackMessage(message: Message): SlackContent {
  const { blocks: actions, leftOut } = actionBlocks(message);
  const room = mostBlocks - actions.length;
  return {
    text: clipMrkdwn(textOf(message, leftOut), longestText),
    blocks: [...withinRoom(bodyBlocks(message, leftOut), room), ...actions],
  };
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

function bodyBlocks(message: Message, leftOut: readonly Action[]): types.KnownBlock[] {
  const only = onlyTable(message.blocks);
  const body = message.blocks.flatMap((block) => (block === only ? tableWithRest(only) : linesOf(block)));
  return [...sections([titleText(message)]), ...body, ...sections(leftOut.map(wordsOf))];
}

/** Slack takes one table a message; several are shown as lines, all alike. */
function onlyTable(blocks: readonly Block[]): Extract<Block, { kind: 'table' }> | undefined {
  const [first, ...others] = blocks.filter((block) => block.kind === 'table');
  return others.length === 0 && first !== undefined && first.rows.length > 0 ? first : undefined;
}

function tableWithRest(table: Extract<Block, { kind: 'table' }>): types.KnownBlock[] {
  const hidden = rowsLeftOut(table);
  return [tableBlock(table), ...sections(hidden === 0 ? [] : [`… and ${hidden} more`])];
}

function linesOf(block: Block): types.SectionBlock[] {
  return sections(blockLines(block).map(mrkdwn));
}

function wordsOf({ label, words }: Action): string {
  const line: Line = [`${label}: `, { code: `/backup ${words}` }];
  return mrkdwn(line);
}

function withinRoom(blocks: readonly types.KnownBlock[], room: number): types.KnownBlock[] {
  if (blocks.length <= room) return [...blocks];
  return [...blocks.slice(0, room - 1), ...sections(['… and more than fits into a message'])];
}
