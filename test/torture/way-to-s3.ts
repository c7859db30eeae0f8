import type { Fault, Operation } from '../support/fault-proxy.ts';

/** What a fault may meet. */
export const operations: readonly Operation[] = [
  ...(['AbortUpload', 'BeginUpload', 'CompleteUpload', 'DeleteObject', 'GetObject', 'HeadObject'] as const),
  ...(['ListObjects', 'ListUploads', 'PutObject', 'UploadPart'] as const),
];

/** What may happen to it. */
export const onTheWay: readonly Fault[] = [
  { kind: 'delay', ms: 1500 },
  { kind: 'cut', afterBytes: 0 },
  { kind: 'cut', afterBytes: 100_000 },
  { kind: 'answer', status: 500, code: 'InternalError' },
  { kind: 'answer', status: 503, code: 'SlowDown' },
  { kind: 'answer', status: 403, code: 'AccessDenied' },
  { kind: 'truncate', afterBytes: 50 },
  { kind: 'lose answer' },
  { kind: 'hang' },
];
