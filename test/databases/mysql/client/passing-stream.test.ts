import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { endMarker } from '../../../../src/databases/mysql/client/end-marker.ts';
import { readPassing } from '../../../../src/databases/mysql/client/read-passing.ts';
import { withoutSandboxLine } from '../../../../src/databases/mysql/client/sandbox-line.ts';

/** Sizes of the pieces a dump may arrive in. */
const pieces = [1, 2, 7, 64, 319, 320, 321, 65_536];

describe('the end marker', () => {
  it.each(pieces)('is seen at the end of a dump, in pieces of %i bytes', (size) => {
    expect(isWhole('INSERT INTO `t` VALUES\n(1);\n\n-- Dump completed on 2026-11-22  3:15:00\n', size)).toBe(
      true,
    );
    expect(isWhole('INSERT INTO `t` VALUES\n(1);\n\n-- Dump completed\n', size)).toBe(true);
  });

  it.each([
    ['a dump that stops', 'INSERT INTO `t` VALUES\n(1),\n'],
    ['nothing', ''],
    ['a marker cut off', 'x\n-- Dump complet'],
    ['a value that looks like one', "INSERT INTO `t` VALUES\n('-- Dump completed on 2026-11-22"],
    ['a marker with something behind it', '\n-- Dump completed on 2026-11-22\nINSERT INTO `t` VALUES\n'],
  ])('is not seen in %s', (_, text) => {
    for (const size of pieces) expect(isWhole(text, size)).toBe(false);
  });
});

describe('the sandbox line', () => {
  const dump =
    '-- MariaDB dump 10.19\n--\n-- Host: 127.0.0.1    Database: shop\n-- /*M!999999\\- enable the sandbox mode */\n';

  it.each(['/*!999999\\- enable the sandbox mode */ \n', '/*M!999999\\- enable the sandbox mode */ \n', ''])(
    '%j is taken from the top',
    async (line) => {
      for (const size of pieces) expect(await passed(line + dump, size)).toBe(dump);
    },
  );

  it.each(['', '-- short\n'])('leaves %j as it is', async (text) => {
    expect(await passed(text, 3)).toBe(text);
  });
});

describe('counting rows', () => {
  const dump = [
    'INSERT INTO `goods` VALUES',
    "(1,'a'),",
    "(2,'(');",
    'INSERT INTO `goods` VALUES',
    `(3,'${'x'.repeat(1000)}');`,
    'DELIMITER ;;',
    'CREATE TRIGGER t BEFORE INSERT ON goods FOR EACH ROW',
    'INSERT INTO `goods` VALUES',
    '(99);;',
    'DELIMITER ;',
    'INSERT INTO `od``d` VALUES',
    '(1);',
    'INSERT INTO `reckoned` (`id`, `price`) VALUES (1,2),(3,4);',
    '-- Dump completed',
    '',
  ].join('\n');

  it.each(pieces)('takes each line of an insert for one, in pieces of %i bytes', (size) => {
    const rows = readPassing();

    for (const piece of cut(dump, size)) rows.see(piece);

    expect([rows.rowsOf('goods'), rows.rowsOf('od`d'), rows.rowsOf('empty')]).toEqual([3, 1, 0]);
  });

  it.each(pieces)('does not guess where several rows share a line, in pieces of %i bytes', (size) => {
    const rows = readPassing();

    for (const piece of cut(dump, size)) rows.see(piece);

    expect(rows.rowsOf('reckoned')).toBeUndefined();
  });
});

function isWhole(text: string, size: number): boolean {
  const marker = endMarker();
  for (const piece of cut(text, size)) marker.see(piece);
  return marker.isSeen();
}

async function passed(text: string, size: number): Promise<string> {
  return (await buffer(Readable.from(withoutSandboxLine(Readable.from(cut(text, size)))))).toString();
}

function cut(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}
