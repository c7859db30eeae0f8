import { bytesOf } from '../naming/bytes.ts';

/**
 * A pax header as it stands before an entry, for names that are bytes: tar-stream, beneath archiver, knows text alone.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "pax Header Block" and "pax Extended Header"
 */
export function paxHeader(records: Readonly<Record<string, string | number>>): Buffer {
  const body = Buffer.concat(
    Object.entries(records).map(([keyword, value]) => record(keyword, String(value))),
  );
  return Buffer.concat([block(body.length), body, Buffer.alloc(-body.length & 511)]);
}

/** Its length, itself included, a space, `keyword=value`, a line feed. */
function record(keyword: string, value: string): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${keyword}=`), bytesOf(value), Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length > length) length += 1;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function block(size: number): Buffer {
  const header = Buffer.alloc(512);
  header.write('PaxHeader', 0); // name
  header.write('0000644\0', 100); // mode
  header.write('0000000\0', 108); // uid
  header.write('0000000\0', 116); // gid
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136); // mtime
  header.write('        ', 148); // chksum, which counts as spaces in itself
  header.write('x', 156); // typeflag
  header.write('ustar\u000000', 257); // magic and version

  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
