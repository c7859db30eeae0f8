import type { ListObjectsV2CommandOutput, S3Client } from '@aws-sdk/client-s3';

/**
 * Refuses the answers of what is no S3 store, though it says 200: the console of one, a portal, another program at its address. The SDK
 * would read them as a store with nothing in it. A proxy's page about a store that is away, 5xx, is tried again as before.
 */
export function refusePages({ middlewareStack }: S3Client): void {
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const result = await next(args);
        // Of an object a store says what it is; a manifest is JSON.
        const page = pageIn(result.response, !/^(Get|Head)Object/.test(commandName));
        if (page !== undefined) throw notAStore(page.what, page.status);
        return result;
      },
    // Before the SDK reads the answer.
    { name: 'refusePages', step: 'deserialize', priority: 'low' },
  );
}

/** An answer to a listing says at least whether it goes on. */
export function refuseEmpty(listed: ListObjectsV2CommandOutput): ListObjectsV2CommandOutput {
  const { Name, IsTruncated, KeyCount, Contents, CommonPrefixes } = listed;
  if ([Name, IsTruncated, KeyCount, Contents, CommonPrefixes].some((fact) => fact !== undefined))
    return listed;
  throw notAStore('nothing that is a listing');
}

function notAStore(what: string, status = 200): Error {
  return Object.assign(new Error(what), { name: 'NotAStore', status });
}

/** A page that refuses, as something in front of a store may answer a question that it does not know. */
export function isRefusingPage(error: Error): boolean {
  return error.name === 'NotAStore' && 'status' in error && Number(error.status) >= 400;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: { destroy?(): void };
}

function pageIn(
  response: unknown,
  isNoObject: boolean,
): { readonly what: string; readonly status: number } | undefined {
  const { statusCode, headers, body } = response as Answer;
  const type = headers['content-type'] ?? '';
  const isPage = /^text\/html\b/i.test(type);
  const isJson = isNoObject && /^application\/json\b/i.test(type);
  if (statusCode >= 500 || (!isPage && !isJson)) return undefined;
  body?.destroy?.();
  return { what: isPage ? 'a web page' : 'JSON', status: statusCode };
}
