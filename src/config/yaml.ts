import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { hidePlaceholders, showPlaceholders } from './placeholders.ts';
import type { Path, Problem } from './problems.ts';

export interface ParsedYaml {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** False when the text is so broken that `value` is a guess. */
  readonly readable: boolean;
  /** The line of a key, or of the nearest thing around it that is there. */
  lineOf(path: Path): number;
}

/** Reads YAML with placeholders in it, and says everything that is wrong with it. Never throws. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(hidePlaceholders(text), {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
  });
  const lineAt = (offset: number) => lines.linePos(offset).line;

  const lineOf = (path: Path) => lineAt(offsetOf(document, path));
  const problems = document.errors.map((error) => ({
    path: [],
    message: showPlaceholders(sentence(error, text)),
    line: lineAt(error.pos[0]),
  }));
  const bare: Problem[] = [];
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string') node.value = showPlaceholders(node.value);
      if (node.tag?.startsWith('!'))
        bare.push(withoutQuotes(`${node.tag}${node.source ?? ''}`, node, 'a type'));
    },
    Alias(_, node) {
      if (node.resolve(document) === undefined)
        bare.push(
          withoutQuotes(
            `*${node.source}`,
            node,
            `the name of an anchor, "&${node.source}", that stands before it`,
          ),
        );
    },
  });
  function withoutQuotes(words: string, { range }: Node, meaning: string): Problem {
    const text = showPlaceholders(words);
    const message = `${text} needs quotes: '${text}'. Without them it is ${meaning}.`;
    return { path: [], message, line: lineAt(range?.[0] ?? 0) };
  }
  if (bare.length > 0) return { value: undefined, problems: [...problems, ...bare], readable: false, lineOf };

  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) {
    return { value: undefined, problems, readable: false, lineOf };
  }
  return { ...toValue(document, problems), lineOf };
}

function toValue(document: Document, problems: readonly Problem[]): Omit<ParsedYaml, 'lineOf'> {
  try {
    return { value: document.toJS(), problems, readable: true };
  } catch (error) {
    // Far too many aliases come to light only here.
    const message = error instanceof Error ? `${error.message}.` : String(error);
    return { value: undefined, problems: [...problems, { path: [], message }], readable: false };
  }
}

function offsetOf(document: Document, path: Path): number {
  let offset = 0;
  let node: unknown = document.contents;
  for (const part of path) {
    const [start, inside] = stepInto(node, part);
    if (!isNode(start)) break;
    offset = start.range?.[0] ?? offset;
    node = inside;
  }
  return offset;
}

/** Where `part` begins, and what it holds. Of a key that is there twice, the second, as it is the one that counts. */
function stepInto(node: unknown, part: string | number): readonly [start: unknown, inside: unknown] {
  if (isSeq(node)) return [node.get(part, true), node.get(part, true)];
  if (!isMap(node)) return [undefined, undefined];
  const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === part);
  return [pair?.key, pair?.value];
}

function sentence({ code, message, pos }: YAMLError, text: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return `The key "${/^[^:\s]+/.exec(text.slice(pos[0]))?.[0]}" is there twice. Keep one.`;
    case 'TAB_AS_INDENT':
      return 'There is a tab at the beginning of the line. Indent with spaces.';
    case 'MULTIPLE_DOCS':
      return 'A second document begins here ("---"). Keep everything in one.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'This is no YAML: a value that holds ": " needs quotes, and a key that belongs here the same indentation.';
    default:
      return `This is no YAML: ${message}.`;
  }
}
