import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/chat/message.ts';
import { showOn } from '../../src/chat/terminal.ts';

const message = (title: string, more: Partial<Message> = {}): Message => ({
  tone: 'working',
  title: [title],
  blocks: [],
  ...more,
});

function terminal(facts: { isTTY?: boolean; columns?: number }) {
  const written = new PassThrough({ encoding: 'utf8' });
  const show = showOn(Object.assign(written, facts), 'UTC');
  return { show, text: () => (written.read() ?? '') as string };
}

describe('a terminal', () => {
  it('draws a changed message over its former self, however many rows that took', () => {
    const { show, text } = terminal({ isTTY: true, columns: 10 });

    show({ id: '1', shows: 'new', message: message('twelve words') });
    show({ id: '1', shows: 'changed', message: message('less') });

    expect(text()).toBe('… twelve words\n\u001b[2A\u001b[0J… less\n');
  });

  it('draws over one row at least where the terminal does not know its width', () => {
    const { show, text } = terminal({ isTTY: true, columns: 0 });

    show({ id: '1', shows: 'new', message: message('a') });
    show({ id: '1', shows: 'changed', message: message('b') });

    expect(text()).toContain('\u001b[1A');
  });

  it('does not draw over another message that came in between', () => {
    const { show, text } = terminal({ isTTY: true, columns: 80 });

    show({ id: '1', shows: 'new', message: message('first') });
    show({ id: '2', shows: 'new', message: message('second') });
    show({ id: '1', shows: 'changed', message: message('first, changed') });

    expect(text()).toBe('… first\n… second\n… first, changed\n');
  });

  it('leaves progress out of a log, but not the end', () => {
    const { show, text } = terminal({});

    show({ id: '1', shows: 'new', message: message('queued') });
    show({ id: '1', shows: 'changed', message: message('half') });
    show({ id: '1', shows: 'changed', message: message('done', { concludes: 'r_1' }) });

    expect(text()).toBe('… queued\n… done\n');
  });

  it('is not steered by what a name holds', () => {
    const { show, text } = terminal({});

    show({ id: '1', shows: 'new', message: message('evil\u001b[2J\r\nname\u202e') });

    expect(text()).toBe('… evil\u{fffd}[2J\u{fffd}⏎name\u{fffd}\n');
  });
});
