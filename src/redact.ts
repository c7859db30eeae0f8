/** What stands where a secret stood. */
const mask = '•••';

/**
 * Takes every one of `secrets` out of a text, also where it was URL-encoded, base64-encoded or escaped as JSON.
 * Very short values would tear holes into plain words and are left alone.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.filter((secret) => secret.length >= 4).flatMap(formsOf));
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);

  return (text) => longestFirst.reduce((clean, form) => clean.replaceAll(form, mask), text);
}

function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ];
}
