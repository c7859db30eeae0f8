import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { picture } from './picture.ts';

const pictures = 120;
const pages = 200;

/** Names that a backup tool must not stumble over. */
const oddNames = [
  'notes/shopping list.txt',
  'notes/Grüße aus Köln.txt',
  'notes/été à la plage.txt',
  'notes/party 🎉.txt',
  'notes/two\nlines.txt',
  "notes/it's “quoted”.txt",
  'notes/-rf.txt',
];

/** Makes the files of a small application, and gives their number. */
export async function makeGuestbookFiles(folder: string): Promise<number> {
  const files = [
    ...numbered(pictures, (n) => ({ name: `pictures/photo-${n}.png`, content: picture(n) })),
    ...numbered(pages, (n) => ({ name: `pages/page ${n}.html`, content: page(n) })),
    ...oddNames.map((name) => ({ name, content: `This file is called ${JSON.stringify(name)}.\n` })),
    { name: 'cache/left-out.tmp', content: 'Excluded in holdfast.yml.\n' },
  ];
  for (const { name, content } of files) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  await mkdir(join(folder, 'uploads (none yet)'));
  await symlink('pictures/photo-1.png', join(folder, 'latest.png'));
  return files.length;
}

function numbered<File>(count: number, make: (n: number) => File): File[] {
  return Array.from({ length: count }, (_, i) => make(i + 1));
}

function page(n: number): string {
  const lines = numbered(
    60,
    (line) => `<p>Visitor ${n * line} was here and liked picture ${(n % pictures) + 1}.</p>`,
  );
  return `<!doctype html>\n<title>Page ${n}</title>\n${lines.join('\n')}\n`;
}
