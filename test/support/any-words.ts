import fc from 'fast-check';

/** What programs and servers may say: any text, NUL and half characters in it. */
export const anyWords = fc
  .array(
    fc.oneof(
      fc.constantFrom('\0', '\ud83d', '\ude00', '😀', '\\u0000', '\u001b[2J', '"'),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
