import type { types } from '@slack/bolt';
import { clip } from '../../../domain/clip.ts';
import type { Action, Message } from '../../message.ts';
import { actionIds, writeConfirm } from '../action-ids.ts';
import { visible } from './mrkdwn.ts';
import { howManyFit } from './room.ts';

// https://docs.slack.dev/reference/block-kit/block-elements/button-element
const longestLabel = 75;
const longestValue = 2000;
const mostButtons = 25;
// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
const longestOption = 75;
const mostOptions = 100;
const mostGroups = 100;
/** Of all labels together: what they stand below has to fit into the message, too. */
const mostCharacters = 6000;

/** Buttons and select of a message, and the actions that fit into neither, whose words are shown instead. */
export interface Actionable {
  readonly blocks: types.ActionsBlock[];
  readonly leftOut: readonly Action[];
}

export function actionBlocks({ actions = [], pick }: Pick<Message, 'actions' | 'pick'>): Actionable {
  return pick === undefined ? buttons(actions) : select(actions, pick);
}

function buttons(actions: readonly Action[]): Actionable {
  const fitting = actions.filter((action) => fits(carriedBy(action), longestValue)).slice(0, mostButtons);
  const leftOut = actions.filter((action) => !fitting.includes(action));
  return { blocks: blockOf(fitting.map(button)), leftOut };
}

function button(action: Action, at: number): types.Button {
  const { label, look, typed } = action;
  return {
    type: 'button',
    action_id: `${typed === undefined ? actionIds.ask : actionIds.confirm}:${at}`,
    text: { type: 'plain_text', text: shown(label, longestLabel) },
    value: carriedBy(action),
    ...(look !== undefined && { style: look }),
  };
}

function carriedBy({ words, label, typed }: Action): string {
  return typed === undefined ? words : writeConfirm({ words, label, typed });
}

/** With so many alternatives that they need groups, those are named after their first and last. */
function select(actions: readonly Action[], pick: string): Actionable {
  const whole = actions.filter(({ words }) => fits(words, longestOption)).slice(0, mostOptions * mostGroups);
  const fitting = whole.slice(0, howManyFit(whole.map(labelLength), mostCharacters));
  const leftOut = actions.filter((action) => !fitting.includes(action));
  if (fitting.length === 0) return { blocks: [], leftOut };

  const element: types.StaticSelect = {
    type: 'static_select',
    action_id: `${actionIds.ask}:pick`,
    placeholder: { type: 'plain_text', text: shown(pick, longestLabel) },
    ...optionsOf(fitting),
  };
  return { blocks: blockOf([element]), leftOut };
}

function labelLength({ label }: Action): number {
  return shown(label, longestOption).length;
}

function optionsOf(actions: readonly Action[]): Pick<types.StaticSelect, 'options' | 'option_groups'> {
  if (actions.length <= mostOptions) return { options: actions.map(option) };
  const groups = Math.ceil(actions.length / mostOptions);
  return {
    option_groups: Array.from({ length: groups }, (_, at) =>
      group(actions.slice(at * mostOptions, (at + 1) * mostOptions)),
    ),
  };
}

function group(actions: readonly Action[]): {
  label: types.PlainTextElement;
  options: types.PlainTextOption[];
} {
  const ends = [actions[0], actions.at(-1)].map((action) => shown(action?.label ?? '', 35));
  return { label: { type: 'plain_text', text: ends.join(' – ') }, options: actions.map(option) };
}

function option({ label, words }: Action): types.PlainTextOption {
  return { text: { type: 'plain_text', text: shown(label, longestOption) }, value: words };
}

/** Nothing that a button carries may be cut, or be nothing. */
function fits(carried: string, longest: number): boolean {
  return carried !== '' && carried.length <= longest;
}

function blockOf(elements: types.ActionsBlockElement[]): types.ActionsBlock[] {
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function shown(text: string, longest: number): string {
  return clip(visible(text).trim(), longest) || '–';
}
