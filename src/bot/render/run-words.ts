import type { Line } from '../../chat/message.ts';
import type { Who } from '../../domain/who.ts';

/** As people call somebody: by name where the platform gave one. */
export function nameOf(who: Who | undefined): string {
  return who?.name ?? who?.id ?? 'somebody';
}

/** The end of a line about a run, when it was asked for once before. */
export function retryWords({ retryOf }: { readonly retryOf?: string | undefined }): Line {
  return retryOf === undefined ? [] : [', retries ', { code: retryOf }];
}

/** What keeps a job waiting, and what ends that. */
export function waitsForWorker(group: string): Line {
  return [
    `No worker of group "${group}" is alive, so it waits until one starts: `,
    { code: `holdfast worker --group ${group}` },
  ];
}
