const uses = 5;
const lifetimeMs = 30 * 60_000;

/** The addresses an app may answer to: five times within half an hour. https://docs.slack.dev/interactivity/handling-user-interaction */
export interface ResponseUrls {
  /** The last part of a new address. */
  issue(channel: string, person: string): string;
  /** Where an answer goes, or Slack's word for why it goes nowhere. */
  use(name: string): { readonly channel: string; readonly person: string } | 'used_url' | 'expired_url';
  /** As if half an hour had passed. */
  expireAll(): void;
}

export function openResponseUrls(): ResponseUrls {
  const issued = new Map<string, { channel: string; person: string; at: number; left: number }>();
  let count = 0;

  return {
    issue(channel, person) {
      count += 1;
      const name = `R${count}`;
      issued.set(name, { channel, person, at: Date.now(), left: uses });
      return name;
    },
    use(name) {
      const url = issued.get(name);
      if (url === undefined || Date.now() - url.at > lifetimeMs) return 'expired_url';
      if (url.left === 0) return 'used_url';
      url.left -= 1;
      return url;
    },
    expireAll: () => issued.clear(),
  };
}
