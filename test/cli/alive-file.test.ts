import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepAliveFile } from '../../src/cli/alive-file.ts';
import { openLog } from '../../src/log.ts';
import { type State, StateError } from '../../src/state/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const log = openLog({ level: 'silent', redact: (text) => text, forPeople: false });

describe('the file that says a process is alive', () => {
  it('is there as soon as the store answers, and gone with the process', async () => {
    const file = join(temporaryFolder(), 'alive');

    const kept = await keepAliveFile(file, { state: stateThat(async () => undefined), log });
    const whileOpen = existsSync(file);
    await kept.close();

    expect(whileOpen).toBe(true);
    expect(existsSync(file)).toBe(false);
  });

  it('is not written while the store is away', async () => {
    const file = join(temporaryFolder(), 'alive');
    const away = stateThat(() => Promise.reject(new StateError('Redis was not reached.')));

    const kept = await keepAliveFile(file, { state: away, log });

    expect(existsSync(file)).toBe(false);
    await kept.close();
  });
});

function stateThat(remember: State['remember']): Pick<State, 'remember'> {
  return { remember };
}
