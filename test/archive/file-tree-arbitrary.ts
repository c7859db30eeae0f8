import { join } from 'node:path';
import fc from 'fast-check';
import type { FileTree } from './file-tree.ts';

interface Node {
  readonly content: FileTree[string];
  readonly inside?: Readonly<Record<string, Node>>;
}

/** Folders of folders, files and links, with every name a file can have here that is also harmless on Windows. */
export const anyFileTree: fc.Arbitrary<FileTree> = fc
  .letrec<{ node: Node; folder: Node }>((tie) => ({
    node: fc.oneof({ depthSize: 'small' }, anyFile(), anyLink(), tie('folder')),
    folder: fc
      .dictionary(anyName(), tie('node'), { maxKeys: 4 })
      .map((inside) => ({ content: null, inside })),
  }))
  .folder.map(({ inside }) => flat(inside ?? {}));

function anyFile(): fc.Arbitrary<Node> {
  const compressible = fc.tuple(fc.string(), fc.nat(5000)).map(([text, times]) => text.repeat(times));
  return fc.oneof(fc.string(), compressible).map((content) => ({ content }));
}

function anyLink(): fc.Arbitrary<Node> {
  return anyName().map((to) => ({ content: { to } }));
}

function anyName(): fc.Arbitrary<string> {
  return fc
    .string({ unit: 'binary', minLength: 1, maxLength: 40 })
    .filter((name) => !/[/\0]|^\.{1,2}$|^[a-z]:|^\\|\.\.\\|\\\.\./i.test(name) && isUnicode(name));
}

function isUnicode(name: string): boolean {
  return Buffer.from(name).toString() === name;
}

function flat(nodes: Readonly<Record<string, Node>>, folder = ''): FileTree {
  return Object.fromEntries(
    Object.entries(nodes).flatMap(([name, { content, inside }]) => {
      const path = join(folder, name);
      return [[path, content], ...Object.entries(flat(inside ?? {}, path))];
    }),
  );
}
