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
  for (const { element, block_id } of elementsOf(blocks)) {
    const action = actionOn(element, label);
    if (action !== undefined) return { ...action, block_id };
  }
  throw new Error(`There is no "${label}" to press in ${JSON.stringify(blocks)}`);
}

/** The labels of all that can be pressed or picked. */
export function labelsIn(blocks: readonly unknown[]): string[] {
  return elementsOf(blocks).flatMap(({ element }) =>
    [...(element.text === undefined ? [] : [element]), ...optionsOf(element)].map(
      ({ text }) => text?.text ?? '',
    ),
  );
}

function elementsOf(blocks: readonly unknown[]): { element: Element; block_id: string }[] {
  return blocks.flatMap((block) => {
    const { block_id = 'made-by-slack', elements = [], accessory } = Block.parse(block);
    return [...elements, accessory].flatMap((each) => {
      const element = Element.safeParse(each).data;
      return element === undefined ? [] : [{ element, block_id }];
    });
  });
}

function actionOn(element: Element, label: string) {
  const { type, action_id, text, value } = element;
  if (type === 'button') return text?.text === label ? { type, action_id, text, value } : undefined;
  const selected_option = optionsOf(element).find((option) => option.text.text === label);
  return selected_option && { type, action_id, selected_option };
}

function optionsOf({ options = [], option_groups = [] }: Element): z.infer<typeof Options> {
  return [...options, ...option_groups.flatMap((group) => group.options)];
}
