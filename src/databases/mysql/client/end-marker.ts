/** Watches a dump that passes by for the line it ends with when it is whole. */
export interface EndMarker {
  see(chunk: Buffer): void;
  /** Whether what has passed ends with the end marker. */
  isSeen(): boolean;
}

/**
 * `-- Dump completed on 2026-11-22  3:15:00` is the last line of every whole dump, and not a line of any other: in data a
 * line break is written as `\n`. https://dev.mysql.com/doc/refman/8.4/en/mysqldump.html#option_mysqldump_comments
 */
export function endMarker(): EndMarker {
  let tail = Buffer.alloc(0);

  return {
    see(chunk) {
      tail = chunk.length >= tailInBytes ? copyOfTail(chunk) : copyOfTail(Buffer.concat([tail, chunk]));
    },
    isSeen: () => /\n-- Dump completed[^\n]*\n+$/.test(tail.toString('latin1')),
  };
}

const tailInBytes = 200;

/** A copy, so that the whole chunk is not kept. */
function copyOfTail(bytes: Buffer): Buffer<ArrayBuffer> {
  return Buffer.from(bytes.subarray(-tailInBytes));
}
