import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Paths and what is there: text is a file, `null` a folder, `{ to }` a link. */
export type FileTree = Readonly<Record<string, string | null | { readonly to: string }>>;

export function makeFiles(root: string, tree: FileTree): void {
  chmodSync(root, 0o755);
  for (const [name, content] of Object.entries(tree)) {
    const path = join(root, name);
    mkdirSync(content === null ? path : dirname(path), { recursive: true });
    if (typeof content === 'string') writeFileSync(path, content);
    else if (content !== null) symlinkSync(content.to, path);
  }
}

/** What there is in a folder, with everything a backup has to bring back. */
export function filesIn(root: string, folder = ''): Record<string, unknown>[] {
  const found = readdirSync(join(root, folder)).map((name) => factsOf(root, join(folder, name)));
  return found
    .flatMap((facts) => (facts.kind === 'folder' ? [facts, ...filesIn(root, facts.name)] : [facts]))
    .toSorted((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
}

function factsOf(root: string, name: string) {
  const path = join(root, name);
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return { name, kind: 'link', target: readlinkSync(path) };

  const facts = { name, mode: stats.mode & 0o7777, modified: Math.floor(stats.mtimeMs / 1000) };
  if (stats.isDirectory()) return { ...facts, kind: 'folder' };
  return { ...facts, kind: 'file', content: readFileSync(path, 'base64') };
}
