import { win32 } from 'node:path';
import { resolve } from 'node:path/posix';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeName } from '../../../src/archive/naming/safe-name.ts';

it.each([
  ['srv/shop/a.txt', 'srv/shop/a.txt'],
  ['/etc/passwd', 'etc/passwd'],
  ['../../etc/passwd', 'etc/passwd'],
  ['a/../../b', 'a/b'],
  ['a//b/./c/', 'a/b/c'],
  ['nul\0byte', 'nul_byte'],
  ['..\\..\\evil.exe', '.._.._evil.exe'],
  ['C:\\windows\\x', 'C__windows_x'],
  ['..', '_'],
])('%j is %j in an archive', (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

it.each(['system-systemd\\x2dcryptsetup.slice', 'notes: today.txt', '...', 'a..b', 'two\nlines', '🎉 é'])(
  'keeps the odd but harmless name %j',
  (name) => {
    expect(safeName(`etc/${name}`)).toBe(`etc/${name}`);
  },
);

it('never leads out of the folder it is unpacked in, whatever the name', () => {
  const segment = fc.oneof(fc.constantFrom('..', '.', '', 'a', '\\', '..\\', 'C:', '\0'), fc.string());
  const anyName = fc
    .tuple(fc.array(segment), fc.constantFrom('/', '\\'))
    .map(([parts, slash]) => parts.join(slash));

  fc.assert(
    fc.property(anyName, (name) => {
      expect(resolve('/out', safeName(name))).toMatch(/^\/out\//);
      expect(win32.resolve('Z:\\out', safeName(name)).toLowerCase()).toMatch(/^z:\\out(\\|$)/);
    }),
    { numRuns: 500 },
  );
});
