import { describe, expect, it } from 'vitest';
import { consoleText } from '../../src/chat/console-text.ts';
import type { Message } from '../../src/chat/message.ts';

const message: Message = {
  tone: 'working',
  title: ['Backup of ', { strong: 'shop' }, ' is queued'],
  blocks: [],
  actions: [
    { label: 'Cancel', words: 'cancel r_4k2m9xw7', look: 'danger' },
    { label: 'Details', words: 'status r_4k2m9xw7' },
  ],
};

describe('what one may do about a message, on a terminal', () => {
  it('is a line of words to type, whichever buttons there would be', () => {
    expect(consoleText(message, 'UTC').split('\n')).toEqual([
      '… Backup of shop is queued',
      '  Cancel: /backup cancel r_4k2m9xw7 · Details: /backup status r_4k2m9xw7',
    ]);
  });

  it('is a line each, where one of them is to be picked', () => {
    expect(consoleText({ ...message, pick: 'Which?' }, 'UTC').split('\n')).toHaveLength(3);
  });

  it('is nothing where there is nothing to do', () => {
    expect(consoleText({ ...message, actions: [] }, 'UTC')).toBe('… Backup of shop is queued');
  });
});
