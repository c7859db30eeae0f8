const uses = 5;
const lifetimeMs = 30 * 60_000;

/** The addresses an app may answer to: five times within half an hour. https://docs.slack.dev/interactivity/handling-user-interaction */
export interface ResponseUrls {
  /** The last part of a new address. */
  issue(channel: string, person: string): string;
  /** Where an answer goes; nothing when the address is used up. */
  use(name: string): { readonly channel: string; readonly person: string } | undefined;
}

export function openResponseUrls(): ResponseUrls {
  const issued = new Map<string, { channel: string; person: string; at: number; left: number }>();

  return {
    issue(channel, person) {
      const name = `R${issued.size + 1}`;
      issued.set(name, { channel, person, at: Date.now(), left: uses });
      return name;
    },
    use(name) {
      const url = issued.get(name);
      if (url === undefined || url.left === 0 || Date.now() - url.at > lifetimeMs) return undefined;
      url.left -= 1;
      return url;
    },
  };
}
