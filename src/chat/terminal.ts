import type { Writable } from 'node:stream';
import type { Frame } from './console.ts';
import { consoleText } from './console-text.ts';

interface Terminal extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

interface Options {
  /** Whether what cannot be drawn over its former self is shown all the same, line after line. A log should not fill with it. */
  readonly progress: 'drawn' | 'always';
}

/**
 * Shows frames on a terminal: a changed message is drawn over its former self while it is still the last thing on the
 * screen. Where nothing can be drawn over (a pipe, a log) only its first and last forms are shown.
 */
export function showOn(
  terminal: Terminal,
  zone: string,
  { progress }: Options = { progress: 'drawn' },
): (frame: Frame) => void {
  let last: { id: string; rows: number } | undefined;

  return ({ id, shows, message }) => {
    const isProgress = shows === 'changed' && message.concludes === undefined;
    if (isProgress && !terminal.isTTY && progress === 'drawn') return;

    const text = consoleText(message, zone);
    if (terminal.isTTY && shows === 'changed' && last?.id === id)
      terminal.write(`\u001b[${last.rows}A\u001b[0J`);
    terminal.write(`${text}\n`);
    // Some terminals do not know their width and say 0.
    last = { id, rows: rowsOf(text, terminal.columns || 80) };
  };
}

function rowsOf(text: string, columns: number): number {
  return text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0);
}
