import { connectionsInTheClear } from './doubts/in-the-clear.ts';
import { readableSecrets } from './doubts/readable-secrets.ts';
import { uncheckedServers } from './doubts/unchecked-servers.ts';
import type { ConfigFile } from './read.ts';

/**
 * What is allowed and still a danger, each a sentence: secrets in a file that others may read, servers that anybody could
 * be, and connections that anybody on the way can read.
 * `parts` are what a process reads of the file; left out, it is all of it.
 */
export function doubtsAbout(config: ConfigFile, parts: readonly unknown[] = [config.value]): string[] {
  const doubts = [
    ...readableSecrets(config),
    ...nodeItself(config),
    ...parts.flatMap((part) => [...uncheckedServers(part), ...connectionsInTheClear(part)]),
  ];
  return [...new Set(doubts)];
}

/** https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue */
function nodeItself({ env }: ConfigFile): string[] {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return [];
  return [
    'NODE_TLS_REJECT_UNAUTHORIZED is 0: whoever is on the way to any server can pass for it, and is given its secrets. Unset it.',
  ];
}
