import { execa } from 'execa';
import type { Programs } from '../support/services/install.ts';
import { listWithJava } from './list-zip.ts';

/** What a program finds in a zip after it has unpacked, and so checked, everything in it. */
export interface Contents {
  readonly entries: number;
  readonly sizeInBytes: number;
}

type Open = (archive: string, programs: Programs) => Promise<Contents>;

/** As people do it; the last one reads from front to back, as from a download that is still running. */
export const waysToOpen: readonly (readonly [string, Open])[] = [
  ['unzip', openWithUnzip],
  ['7z', openWith7z],
  ['Python', openWithPython],
  ['Java', openWithJava],
  ['bsdtar', openWithBsdtar],
  ['bsdtar from a pipe', (archive, programs) => openWithBsdtar(archive, programs, true)],
];

async function openWithUnzip(archive: string, programs: Programs): Promise<Contents> {
  await output(programs('unzip'), ['-tqq', archive]);
  const totals = await output(programs('unzip'), ['-Z', '-t', archive]);
  return contentsIn(totals, /^(\d+) files?, (\d+) bytes uncompressed/);
}

async function openWith7z(archive: string, programs: Programs): Promise<Contents> {
  return contentsIn(await output(programs('7z'), ['t', archive]), /^Files: (\d+)\nSize: +(\d+)$/m);
}

async function openWithPython(archive: string, programs: Programs): Promise<Contents> {
  return contentsIn(await output(programs('python3'), ['-c', pythonScript, archive]), /^(\d+) (\d+) None$/m);
}

const pythonScript = `
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(len(archive.infolist()), sum(entry.file_size for entry in archive.infolist()), archive.testzip())
`;

async function openWithJava(archive: string, programs: Programs): Promise<Contents> {
  const listed = await listWithJava(archive, programs);
  return {
    entries: listed.length,
    sizeInBytes: listed.reduce((total, { sizeInBytes }) => total + sizeInBytes, 0),
  };
}

async function openWithBsdtar(archive: string, programs: Programs, isPiped = false): Promise<Contents> {
  const source = isPiped ? { inputFile: archive } : {};
  const read = (flags: string) =>
    execa(programs('bsdtar'), [flags, isPiped ? '-' : archive], {
      ...source,
      buffer: false,
      encoding: 'buffer',
    });

  return {
    entries: await count(
      read('-tf').iterable(),
      (chunk) => chunk.filter((byte) => byte === lineBreak).length,
    ),
    sizeInBytes: await count(read('-xOf').iterable(), (chunk) => chunk.length),
  };
}

const lineBreak = 10;

async function count(chunks: AsyncIterable<Uint8Array>, of: (chunk: Uint8Array) => number): Promise<number> {
  let total = 0;
  for await (const chunk of chunks) total += of(chunk);
  return total;
}

function contentsIn(text: string, pattern: RegExp): Contents {
  const [, entries, sizeInBytes] = pattern.exec(text) ?? [];
  if (entries === undefined) throw new Error(`There are no totals in this:\n${text.slice(-2000)}`);
  return { entries: Number(entries), sizeInBytes: Number(sizeInBytes) };
}

/** @throws {Error} with what the program said, when it found anything wrong. */
async function output(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execa(program, args);
  return stdout;
}
