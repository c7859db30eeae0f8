import { ellipsis } from './domain/clip.ts';

/** What stands where a secret stood. */
const mask = '•••';

/**
 * Takes every one of `secrets` out of a text, also where it was URL-encoded, base64-encoded or escaped as JSON, and the beginning
 * of one where the text was cut.
 * Very short values would tear holes into plain words and are left alone.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.filter((secret) => secret.length >= shortest).flatMap(formsOf));
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);

  return (text) => {
    const clean = longestFirst.reduce((some, form) => some.replaceAll(form, mask), text);
    const [last = '', ...cut] = clean.split(ellipsis).reverse();
    return [...cut.reverse().map((part) => withoutBeginning(part, longestFirst)), last].join(ellipsis);
  };
}

const shortest = 4;

/** A text without the beginning of a secret at its end. */
function withoutBeginning(text: string, forms: readonly string[]): string {
  const lengths = forms.map((form) => lengthOfBeginning(text, form));
  const longest = Math.max(0, ...lengths);
  return longest === 0 ? text : text.slice(0, -longest) + mask;
}

/** How much of `form` the text ends with; 0 where that is too little to tell. */
function lengthOfBeginning(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length >= shortest; length--)
    if (text.endsWith(form.slice(0, length))) return length;
  return 0;
}

function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
}
