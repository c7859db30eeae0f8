const sandboxLine = /^\/\*M?!999999\\- enable the sandbox mode \*\/ ?\r?\n/;
const longestInBytes = 64;

/**
 * A dump without the first line that MariaDB's clients write since May 2024 (10.5.25, 10.6.18, 10.11.8, 11.0.6 …). It is
 * for the client that loads the dump, and MySQL's and older MariaDB's stop at it: "unknown command '\-'".
 * https://mariadb.org/mariadb-dump-file-compatibility-change/
 */
export async function* withoutSandboxLine(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);

  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < longestInBytes) continue;
    yield withoutIt(head);
    head = undefined;
  }
  if (head !== undefined && head.length > 0) yield withoutIt(head);
}

function withoutIt(head: Buffer): Buffer {
  const [line = ''] = sandboxLine.exec(head.toString('latin1', 0, longestInBytes)) ?? [];
  return head.subarray(line.length);
}
