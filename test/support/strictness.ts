import type { IncomingMessage } from 'node:http';

/** What a store answers that refuses a request. */
export interface Complaint {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/**
 * What one or another of the stores that are not Amazon's refuses: AWS's newer checksums, bodies in chunks with signatures of
 * their own, and bodies whose length is not said. https://github.com/aws/aws-sdk-js-v3/issues/6810
 */
export function complaintAbout({ method, headers }: IncomingMessage): Complaint | undefined {
  const names = Object.keys(headers);
  const sum = names.find((name) => /^x-amz-(checksum|sdk-checksum|trailer)/.test(name));
  if (sum !== undefined) return { status: 400, code: 'InvalidArgument', message: `${sum} is not known` };
  if (isChunked(headers)) return { status: 501, code: 'NotImplemented', message: 'aws-chunked is not known' };
  if (method === 'PUT' && headers['content-length'] === undefined)
    return { status: 411, code: 'MissingContentLength', message: 'the length is missing' };
  return undefined;
}

function isChunked(headers: IncomingMessage['headers']): boolean {
  const isSigned = String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  return isSigned || String(headers['content-encoding'] ?? '').includes('aws-chunked');
}
