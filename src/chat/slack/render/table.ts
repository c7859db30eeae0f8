import type { types } from '@slack/bolt';
import { clip } from '../../../domain/clip.ts';
import type { Block, Inline } from '../../message.ts';
import { dateFallback, dateFormat, seconds, visible } from './mrkdwn.ts';
import { charactersIn, howManyFit } from './room.ts';

export type Table = Extract<Block, { kind: 'table' }>;
type Cell = types.TableBlock['rows'][number][number];

// https://docs.slack.dev/reference/block-kit/blocks/table-block
const mostRows = 100;
const mostColumns = 20;
/** How much of a cell is worth reading. */
const longestCell = 200;

/** All cells of a message together, less some to spare: Slack says 10,000. */
const mostCharacters = 9_500;

/** A table of Slack's own; a message may have one. It is no wider and no longer than Slack takes, and than there is room for. */
export function tableBlock({ head, rows }: Table, room: number): types.TableBlock {
  const all = [head.map((word) => ({ strong: word })), ...rows];
  const written = all.slice(0, mostRows).map((row) => row.slice(0, mostColumns).map(cell));
  return {
    type: 'table',
    rows: written.slice(0, howManyFit(written.map(charactersIn), Math.min(room, mostCharacters))),
    column_settings: head.slice(0, mostColumns).map(() => ({ is_wrapped: true })),
  };
}

function cell(part: Inline): Cell {
  if (typeof part === 'string') return { type: 'raw_text', text: shown(part) };
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [rich(part)] }] };
}

function rich(part: Exclude<Inline, string>): types.RichTextElement {
  if ('code' in part) return { type: 'text', text: shown(part.code), style: { code: true } };
  if ('strong' in part) return { type: 'text', text: shown(part.strong), style: { bold: true } };
  const { time } = part;
  return { type: 'date', timestamp: seconds(time), format: dateFormat, fallback: dateFallback(time) };
}

/** Slack takes no empty cell. */
function shown(text: string): string {
  return clip(visible(text).trim(), longestCell) || '–';
}
