import { expect, it, onTestFinished, vi } from 'vitest';
import { openLog } from '../src/log.ts';

it('keeps what steers a terminal out of the words for people, and a line a line', () => {
  const written: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((line) => written.push(String(line)) > 0);
  onTestFinished(() => spy.mockRestore());
  const log = openLog({ level: 'info', redact: (text) => text, forPeople: true });

  log.error('Backup of shop failed: \u001b[2Jgone\u202e\nerror: Backup of blog failed.');

  expect(written).toEqual([
    'error: Backup of shop failed: \ufffd[2Jgone\ufffd ⏎ error: Backup of blog failed.\n',
  ]);
});
