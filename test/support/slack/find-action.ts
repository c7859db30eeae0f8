import { z } from 'zod';

const Labelled = z.object({ text: z.string() });
const Options = z.array(z.object({ text: Labelled, value: z.string() }));
const Element = z.object({
  type: z.string(),
  action_id: z.string(),
  text: Labelled.optional(),
  value: z.string().optional(),
  options: Options.optional(),
  option_groups: z.array(z.object({ options: Options })).optional(),
});
type Element = z.infer<typeof Element>;

const Block = z.object({
  block_id: z.string().optional(),
  elements: z.array(z.unknown()).optional(),
  accessory: z.unknown().optional(),
});

/** The action of somebody who presses the button or picks the option of this label, as Slack tells it. */
export function findAction(blocks: readonly unknown[], label: string): Record<string, unknown> {
  for (const block of blocks) {
    const { block_id = 'made-by-slack', elements = [], accessory } = Block.parse(block);
    for (const element of [...elements, accessory]) {
      const read = Element.safeParse(element);
      const action = read.success ? actionOn(read.data, label) : undefined;
      if (action !== undefined) return { ...action, block_id };
    }
  }
  throw new Error(`There is no "${label}" to press in ${JSON.stringify(blocks)}`);
}

function actionOn({ type, action_id, text, value, options, option_groups }: Element, label: string) {
  if (type === 'button') return text?.text === label ? { type, action_id, text, value } : undefined;
  const all = [...(options ?? []), ...(option_groups ?? []).flatMap((group) => group.options)];
  const selected_option = all.find((option) => option.text.text === label);
  return selected_option && { type, action_id, selected_option };
}
