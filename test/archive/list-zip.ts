import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Programs } from '../support/services/install.ts';

/** An entry as a program that reads zip files sees it. */
export interface Listed {
  readonly name: string;
  /** Of its content; of a link, where it leads. */
  readonly sha256: string;
  readonly sizeInBytes: number;
}

type List = (archive: string, programs: Programs) => Promise<Listed[]>;

/** Libraries that many programs read zip files with. */
export const waysToList: readonly (readonly [string, List])[] = [
  ['Python', (archive, programs) => listed(programs('python3'), ['-c', python, archive])],
  ['Java', listWithJava],
];

export function listWithJava(archive: string, programs: Programs): Promise<Listed[]> {
  return listed(programs('java'), [java, archive]);
}

/** Names are in Base64, as they may hold line breaks. */
async function listed(program: string, args: readonly string[]): Promise<Listed[]> {
  const { stdout } = await execa(program, args);
  return stdout.split('\n').map((line) => {
    const [name = '', sha256 = '', size] = line.split(' ');
    return { name: Buffer.from(name, 'base64').toString(), sha256, sizeInBytes: Number(size) };
  });
}

const python = `
import base64, hashlib, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
for entry in archive.infolist():
  name = base64.b64encode(entry.filename.encode()).decode()
  print(name, hashlib.sha256(archive.read(entry)).hexdigest(), entry.file_size)
`;

const java = fileURLToPath(new URL('./ListZip.java', import.meta.url));
