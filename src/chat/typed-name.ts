/** Whether somebody typed a name to confirm it. Phones begin with a capital, and a name may be copied with the marks around it. */
export function isTyped(text: string, name: string): boolean {
  return plain(text) === plain(name);
}

function plain(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[`"“”„'‘’\p{Cf}]/gu, '')
    .trim()
    .toLowerCase();
}
