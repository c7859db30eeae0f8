import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { endMarker } from '../../../../src/databases/mysql/client/end-marker.ts';
import { readPassing } from '../../../../src/databases/mysql/client/read-passing.ts';
import { withoutSandboxLine } from '../../../../src/databases/mysql/client/sandbox-line.ts';
import { withoutDatabaseName } from '../../../../src/databases/mysql/client/without-database-name.ts';

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

describe('what a dump makes', () => {
  const root = 'DEFINER=`root`@`localhost`';
  const dump = [
    'CREATE SEQUENCE `s` start with 1;',
    'CREATE TABLE `a` (',
    '  `id` int(11)',
    ');',
    'INSERT INTO `a` VALUES',
    "(1,'CREATE TABLE `b` ('),",
    `(2,'${'x'.repeat(3000)}');`,
    'DELIMITER ;;',
    `/*!50003 CREATE*/ /*!50017 ${root}*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN`,
    '  SET @event = "CREATE TABLE";',
    'CREATE TABLE never (n int);',
    'END */;;',
    'DELIMITER ;',
    '/*!50001 CREATE VIEW `v` AS SELECT',
    'DELIMITER ;;',
    "/*!50003 SET sql_mode              = '' */ ;;",
    `/*!50106 CREATE*/ /*!50117 ${root}*/ /*!50106 EVENT \`e\` ON SCHEDULE EVERY 1 DAY DO select 1 */ ;;`,
    'DELIMITER ;',
    'DELIMITER ;;',
    `CREATE ${root} FUNCTION \`f\`() RETURNS int(11)`,
    'return 1 ;;',
    'DELIMITER ;',
    'DELIMITER ;;',
    `CREATE ${root} PROCEDURE \`p\`()`,
    'select 1 ;;',
    'DELIMITER ;',
    '/*!50001 CREATE ALGORITHM=UNDEFINED */',
    '/*!50001 VIEW `v` AS select 1 AS `1` */;',
    '-- Dump completed',
    '',
  ].join('\n');

  it.each(pieces)('is counted as it passes, in pieces of %i bytes', (size) => {
    const passing = readPassing();

    for (const piece of cut(dump, size)) passing.see(piece);

    expect(passing.objects()).toEqual({
      tables: 1,
      views: 1,
      sequences: 1,
      routines: 2,
      triggers: 1,
      events: 1,
    });
  });

  it.each(pieces)('has its longest statement measured, in pieces of %i bytes', (size) => {
    const passing = readPassing();

    for (const piece of cut(dump, size)) passing.see(piece);

    const insert = dump.slice(dump.indexOf('INSERT INTO'), dump.indexOf('DELIMITER'));
    expect(passing.longestStatementInBytes()).toBe(insert.length);
  });
});

describe('the name of its database', () => {
  const named = { database: 'sh`öp', hasSequences: true };
  const dump = [
    '-- Host: 127.0.0.1    Database: sh`öp',
    'CREATE TABLE `a` (',
    "  `id` bigint(20) NOT NULL DEFAULT nextval(`sh``öp`.`s`) COMMENT 'nextval(`sh``öp`.`s`)',",
    '  `other` bigint(20) DEFAULT nextval(`other`.`s`),',
    "  `n` int(11) DEFAULT 'it''s nextval(`sh``öp`.`s`) \\\\'",
    ');',
    'INSERT INTO `a` VALUES',
    "(1,'\\nALTER DATABASE `sh``öp` \\n  `id` nextval(`sh``öp`.`s`)');",
    'ALTER DATABASE `sh``öp` CHARACTER SET latin1 COLLATE latin1_swedish_ci ;',
    'ALTER DATABASE `other` CHARACTER SET latin1 ;',
    '/*!50001 VIEW `v` AS select lastval(`sh``öp`.`s`) AS `n`,setval(`sh``öp`.`s`,1,1,0) AS `m` */;',
    '-- Dump completed',
    '',
  ].join('\n');

  it.each(pieces)('is taken out of what would change that database, in pieces of %i bytes', async (size) => {
    const lines = dump.split('\n');
    const expected = lines
      .with(2, "  `id` bigint(20) NOT NULL DEFAULT nextval(`s`) COMMENT 'nextval(`sh``öp`.`s`)',")
      .with(8, 'ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci ;')
      .with(10, '/*!50001 VIEW `v` AS select lastval(`s`) AS `n`,setval(`s`,1,1,0) AS `m` */;');

    expect((await passedOn(dump, size, named)).split('\n')).toEqual(expected);
  });

  it.each(pieces)(
    'is left where there is no sequence, but for ALTER DATABASE, in pieces of %i bytes',
    async (size) => {
      const expected = dump
        .split('\n')
        .with(8, 'ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci ;');

      expect((await passedOn(dump, size, { ...named, hasSequences: false })).split('\n')).toEqual(expected);
    },
  );

  it('costs no memory for a line that has no end', async () => {
    const line = `\n  \`id\` ${'x'.repeat(3 * 2 ** 20)}nextval(\`sh\`\`öp\`.\`s\`)\n`;

    expect(await passedOn(line, 65_536, named)).toBe(line);
  });
});

async function passedOn(text: string, size: number, options: Parameters<typeof withoutDatabaseName>[1]) {
  const passed = withoutDatabaseName(Readable.from(cut(text, size)), options);
  return (await buffer(Readable.from(passed))).toString();
}

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
