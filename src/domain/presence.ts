/** Where a worker of `group` says that it is alive; the word is forgotten when it is not said again. */
export function presenceKey(group: string): string {
  return `alive.${group}`;
}
