import type { types } from '@slack/bolt';
import { clip } from '../../../domain/clip.ts';
import type { Block, Message } from '../../message.ts';
import { actionIds, type Confirm } from '../action-ids.ts';
import { actionBlocks } from './actions.ts';
import { blockLines } from './lines.ts';
import { longestSection, sections, titleText } from './message.ts';
import { clipMrkdwn, mrkdwn, visible } from './mrkdwn.ts';

// https://docs.slack.dev/reference/views
const longestTitle = 24;
const mostBlocks = 100;
/** More apps than this have one select instead of a button each. */
const mostButtons = 40;

/** Where the modal's text is found when it comes back. */
export const typedInto = { block: 'typed', action: 'text', callback: 'confirm' } as const;

/** Asks for a word to be typed before something is done that cannot be undone. `origin` comes back with it. */
export function confirmView(
  { label, typed }: Pick<Confirm, 'label' | 'typed'>,
  origin: string,
): types.ModalView {
  return {
    type: 'modal',
    callback_id: typedInto.callback,
    private_metadata: origin,
    title: plain('Are you sure?', longestTitle),
    submit: plain(label, longestTitle),
    close: plain('Keep', longestTitle),
    blocks: [
      ...sections([mrkdwn([{ strong: label }, ' cannot be undone. To go on, type ', { code: typed }, '.'])]),
      {
        type: 'input',
        block_id: typedInto.block,
        label: plain('Type it here', 2000),
        element: { type: 'plain_text_input', action_id: typedInto.action, focus_on_load: true },
      },
    ],
  };
}

/**
 * The Home tab: what the message says; where it speaks of apps, each with a button that backs it up. `origin` comes back
 * with a press.
 */
export function homeView(message: Message, origin: string): types.HomeView {
  const apps = appsOf(message);
  const own = message.blocks.findLast((block) => speaksOf(block, apps));
  const buttons = apps.length > mostButtons ? actionBlocks(pickOf(apps)).blocks : [];
  const body = message.blocks.flatMap((block): types.KnownBlock[] =>
    block === own && buttons.length === 0
      ? blockLines(block).map((line, i) => withButton(mrkdwn(line), apps[i] ?? ''))
      : sections(blockLines(block).map(mrkdwn)),
  );
  const actions = [...buttons, ...actionBlocks(message).blocks];
  return {
    type: 'home',
    private_metadata: origin,
    blocks: [...sections([titleText(message)]), ...body]
      .slice(0, mostBlocks - actions.length)
      .concat(actions),
  };
}

function appsOf({ report }: Message): string[] {
  return report?.kind === 'status' ? report.apps.map(({ app }) => app) : [];
}

/** Whether each line of the block is about the app of the same place. */
function speaksOf(block: Block, apps: readonly string[]): boolean {
  if (block.kind !== 'lines' || block.lines.length !== apps.length) return false;
  return block.lines.every(
    ([first], i) => typeof first === 'object' && 'strong' in first && first.strong === apps[i],
  );
}

function pickOf(apps: readonly string[]): Required<Pick<Message, 'actions' | 'pick'>> {
  return { actions: apps.map((app) => ({ label: app, words: `run ${app}` })), pick: 'Back up …' };
}

function withButton(text: string, app: string): types.SectionBlock {
  return {
    type: 'section',
    text: { type: 'mrkdwn', text: clipMrkdwn(text, longestSection), verbatim: true },
    accessory: {
      type: 'button',
      action_id: `${actionIds.ask}:run`,
      text: plain('Run', 75),
      value: `run ${app}`,
      accessibility_label: clip(`Back up ${app} now`, 75),
    },
  };
}

function plain(text: string, longest: number): types.PlainTextElement {
  return { type: 'plain_text', text: clip(visible(text).trim(), longest) || '–' };
}
