import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const files = ['src', 'workers'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);
const starting = files
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))
  .filter(({ text }) => text.includes('node:child_process'));

/** Those that run a line of text, in which a name could become a command. */
const byLine = /import\s*\{[^}]*\b(exec|execSync)\b[^}]*\}\s*from 'node:child_process'|\bshell:/;

it('programs are started', () => {
  expect(starting.length).toBeGreaterThan(2);
});

it.each(starting)('$file gives programs words of their own, and no line to a shell', ({ text }) => {
  expect(text).not.toMatch(byLine);
});

it('the one shell there is reads a script that is always the same', () => {
  const shells = starting.flatMap(({ text }) => [...text.matchAll(/spawn\('\/bin\/sh', (\[[^\]]*\])/g)]);

  expect(shells.map(([, words]) => words)).toEqual(["['-c', untilWeDie, 'sh', client.path, ...args]"]);
});
