/** `${NAME}`, `${file:/run/secrets/name}`, and `$${…}` for the text itself. */
const written = /\$(\$?)\{([^{}\n]*)\}/g;

/** What a placeholder stands for. */
export type Source = { readonly variable: string } | { readonly file: string };

/** Every placeholder in `text`, replaced by what `find` says; one that is none stays as it is. */
export function fillIn(text: string, find: (source: Source) => string): string {
  return text.replace(written, (placeholder, escaped: string, inside: string) => {
    if (escaped) return placeholder.slice(1);
    const source = sourceOf(inside);
    return source === undefined ? placeholder : find(source);
  });
}

/** What looks like a placeholder in `text` and is none: `${MY-NAME}`. */
export function misspeltPlaceholders(text: string): string[] {
  return [...text.matchAll(written)]
    .filter(([, escaped, inside]) => !escaped && sourceOf(inside ?? '') === undefined)
    .map(([placeholder]) => placeholder);
}

export function holdsPlaceholder(value: unknown): boolean {
  if (typeof value === 'string') return [...value.matchAll(written)].some(([, escaped]) => !escaped);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsPlaceholder);
}

function sourceOf(inside: string): Source | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(inside)) return { variable: inside };
  return inside.startsWith('file:') && inside.length > 5 ? { file: inside.slice(5) } : undefined;
}

/** Characters with a meaning in YAML, and the stand-ins they get: code points that are no characters and stand in no text. */
const special = '{}[],:#"\'\\ ';
const firstStandIn = 0xfdd0;
const standIns = /[\ufdd0-\ufdda]/g;

/**
 * YAML reads the braces of `{ url: ${REDIS_URL} }` as its own. What has a meaning inside a placeholder is replaced, character for
 * character so that every position stays right, and shown again with {@link showPlaceholders} once the text is parsed.
 */
export function hidePlaceholders(text: string): string {
  return text.replace(written, (placeholder) =>
    placeholder.replace(/[{}[\],:#"'\\ ]/g, (character) =>
      String.fromCharCode(firstStandIn + special.indexOf(character)),
    ),
  );
}

export function showPlaceholders(text: string): string {
  return text.replace(standIns, (standIn) => special.charAt(standIn.charCodeAt(0) - firstStandIn));
}
