import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { savePicture } from '../../src/cli/save-picture.ts';
import { makeDigest } from '../../src/domain/digest/make-digest.ts';
import { sinceFriday, wellApp } from '../domain/digest/app-facts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('says so when nothing in the answer has a picture, and writes nothing', async () => {
  const file = join(temporaryFolder(), 'out.png');
  const without = makeDigest({ ...sinceFriday, withPicture: false, apps: [wellApp('shop')] });
  const trouble = { kind: 'trouble' as const, doing: 'digest', reason: 'The queue is away.' };

  const refusals = await Promise.all(
    [[], [trouble], [without]].map((reports) => savePicture(reports, file).catch(String)),
  );

  expect(new Set(refusals)).toEqual(
    new Set([
      `Error: Nothing in the answer has a picture, so ${file} was not written. /backup digest has one.`,
    ]),
  );
  expect(existsSync(file)).toBe(false);
});
