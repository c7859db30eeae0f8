import type { Line, Message } from '../../chat/message.ts';
import type { Chore } from '../../domain/firing.ts';
import type { ReportOf } from '../../domain/report.ts';
import { humanCount } from '../../domain/units.ts';

const nouns: Record<Chore, string> = { run: 'run', clean: 'clean', monitor: 'look', verify: 'verification' };
const mostNamed = 5;

/** Nobody was there to see to them: the processes or the machine were down. */
export function renderMissed({ app, chore, due }: ReportOf<'missed'>): Message {
  const noun = nouns[chore];
  const named = due.slice(-mostNamed).map((at): Line => ['due ', { time: at }]);
  const others = due.length - named.length;
  return {
    tone: 'warning',
    title: [`${humanCount(due.length, `scheduled ${noun}`)} of `, { strong: app }, ' did not happen'],
    blocks: [
      {
        kind: 'lines',
        lines: [
          ...(others > 0 ? [[`${humanCount(others, 'earlier one')}, and`]] : []),
          ...named,
          [`Nobody was there to do it. One late ${noun} begins now.`],
        ],
      },
    ],
  };
}
