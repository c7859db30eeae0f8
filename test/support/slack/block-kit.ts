import { z } from 'zod';

/*
 * What Slack takes as blocks, with its limits; anything else is refused, as Slack refuses it with `invalid_blocks`.
 * https://docs.slack.dev/reference/block-kit/blocks
 */

const text = (longest: number) => z.string().min(1).max(longest);
const plain = (longest: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(longest), emoji: z.boolean().optional() });

/** Formatted text, in which only what Slack itself understands stands between < and >, and nobody is called by everyone's name. */
export const Mrkdwn = z.string().superRefine((written, context) => {
  const left = written.replace(/<!date\^\d+\^[^|<>^]+\|[^<>|]+>|<@[UW]\w+>|<#[CG]\w+>/g, '');
  if (/[<>]/.test(left)) context.addIssue(`An unescaped < or > is in it: ${left}`);
  if (/@(here|channel|everyone)\b/i.test(left)) context.addIssue(`Everybody is called in it: ${left}`);
  if (/&(?!(amp|lt|gt);)/.test(left)) context.addIssue(`An unescaped & is in it: ${left}`);
});

const mrkdwn = (longest: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: text(longest).pipe(Mrkdwn),
    verbatim: z.boolean().optional(),
  });
const anyText = (longest: number) => z.union([plain(longest), mrkdwn(longest)]);

const blockId = { block_id: text(255).optional() };
const actionId = { action_id: text(255) };

const Option = z.strictObject({ text: plain(75), value: text(75), description: plain(75).optional() });

const Button = z.strictObject({
  type: z.literal('button'),
  ...actionId,
  text: plain(75),
  value: text(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: text(75).optional(),
});

const StaticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...actionId,
    placeholder: plain(150).optional(),
    options: z.array(Option).min(1).max(100).optional(),
    option_groups: z
      .array(z.strictObject({ label: plain(75), options: z.array(Option).min(1).max(100) }))
      .min(1)
      .max(100)
      .optional(),
  })
  .refine(({ options, option_groups }) => (options === undefined) !== (option_groups === undefined));

const Element = z.discriminatedUnion('type', [Button, StaticSelect]);

const Section = z.strictObject({
  type: z.literal('section'),
  ...blockId,
  text: anyText(3000),
  accessory: Element.optional(),
  expand: z.boolean().optional(),
});
const Header = z.strictObject({ type: z.literal('header'), ...blockId, text: plain(150) });
const Context = z.strictObject({
  type: z.literal('context'),
  ...blockId,
  elements: z.array(anyText(3000)).min(1).max(10),
});
const Divider = z.strictObject({ type: z.literal('divider'), ...blockId });
const Actions = z
  .strictObject({ type: z.literal('actions'), ...blockId, elements: z.array(Element).min(1).max(25) })
  .refine(
    ({ elements }) => isUnique(elements.map(({ action_id }) => action_id)),
    'Two elements of one action_id.',
  );

const RichPart = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1),
    style: z.strictObject({ bold: z.boolean().optional(), code: z.boolean().optional() }).optional(),
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: text(100),
    fallback: z.string().optional(),
  }),
]);
const RichText = z.strictObject({
  type: z.literal('rich_text'),
  elements: z.array(
    z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(RichPart).min(1) }),
  ),
});
const Cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: text(3000) }),
  RichText,
]);
const Table = z.strictObject({
  type: z.literal('table'),
  ...blockId,
  rows: z.array(z.array(Cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(z.strictObject({ is_wrapped: z.boolean().optional(), align: z.string().optional() }))
    .max(20)
    .optional(),
});

const Input = z.strictObject({
  type: z.literal('input'),
  ...blockId,
  label: plain(2000),
  element: z.strictObject({
    type: z.literal('plain_text_input'),
    ...actionId,
    placeholder: plain(150).optional(),
    focus_on_load: z.boolean().optional(),
  }),
});

const inMessages = [Section, Header, Context, Divider, Actions, Table] as const;

/** The blocks of a message: 50, no two of one id, one table. */
export const MessageBlocks = z
  .array(z.discriminatedUnion('type', inMessages))
  .max(50)
  .refine(
    (blocks) => isUnique(blocks.flatMap(({ block_id }) => block_id ?? [])),
    'Two blocks of one block_id.',
  )
  .refine((blocks) => blocks.filter(({ type }) => type === 'table').length <= 1, 'only_one_table_allowed')
  .refine((blocks) => lengthIn(blocks) <= 13_200, 'msg_blocks_too_long')
  .refine(
    (blocks) => lengthIn(blocks.filter(({ type }) => type === 'table')) <= 10_000,
    'The cells of a table are too long.',
  );

const view = {
  callback_id: text(255).optional(),
  private_metadata: z.string().max(3000).optional(),
};

/** https://docs.slack.dev/reference/views */
export const View = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    ...view,
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    blocks: z.array(z.discriminatedUnion('type', [Section, Context, Divider, Actions, Input])).max(100),
  }),
  z.strictObject({
    type: z.literal('home'),
    ...view,
    blocks: z.array(z.discriminatedUnion('type', [Section, Header, Context, Divider, Actions])).max(100),
  }),
]);

/** All texts, labels and dates: https://docs.slack.dev/reference/block-kit/blocks/table-block */
function lengthIn(part: unknown): number {
  if (typeof part !== 'object' || part === null) return 0;
  return Object.entries(part).reduce((sum, [name, inner]) => {
    const isRead = typeof inner === 'string' && (name === 'text' || name === 'fallback');
    return sum + (isRead ? inner.length : lengthIn(inner));
  }, 0);
}

function isUnique(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
