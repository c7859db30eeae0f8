import { type Command, Verb } from './command.ts';

/** What a word can name. */
export type Kind = 'app' | 'destination' | 'verb' | 'run' | 'plan' | 'change' | 'span' | 'text';

/** A word behind the verb, and the key of the command it fills. */
export interface Argument<Key = string> {
  readonly key: Key;
  readonly is: Kind;
  readonly optional: boolean;
  /** It takes all the words that are left. */
  readonly rest?: true;
}

/** `means` is what the flag alone says; one that `takes` a name may be given many times and fills a list, unless it is for `once`. */
export type Flag<Key = string> = { readonly name: string; readonly key: Key } & (
  | { readonly means: string }
  | { readonly takes: Kind; readonly once?: true }
);

/** How a verb is said. Two flags of one key exclude each other. */
export interface Grammar<Key = string> {
  readonly arguments: readonly Argument<Key>[];
  readonly flags: readonly Flag<Key>[];
}

type KeyOf<V extends Verb> = Exclude<keyof Extract<Command, { verb: V }>, 'verb'>;

const grammars: { readonly [V in Verb]: Grammar<KeyOf<V>> } = {
  run: {
    arguments: [{ key: 'app', is: 'app', optional: false }],
    flags: [
      { name: '--only-db', key: 'only', means: 'db' },
      { name: '--only-files', key: 'only', means: 'files' },
      { name: '--to', key: 'to', takes: 'destination' },
    ],
  },
  list: { arguments: [{ key: 'app', is: 'app', optional: true }], flags: [] },
  clean: {
    arguments: [{ key: 'app', is: 'app', optional: false }],
    flags: [
      { name: '--at', key: 'at', takes: 'destination' },
      { name: '--dry-run', key: 'how', means: 'dry-run' },
      { name: '--yes', key: 'how', means: 'yes' },
      { name: '--plan', key: 'plan', takes: 'plan', once: true },
    ],
  },
  verify: {
    arguments: [{ key: 'app', is: 'app', optional: false }],
    flags: [
      { name: '--at', key: 'at', takes: 'destination' },
      { name: '--all', key: 'which', means: 'all' },
      { name: '--due', key: 'which', means: 'due' },
    ],
  },
  monitor: { arguments: [{ key: 'app', is: 'app', optional: true }], flags: [] },
  digest: { arguments: [], flags: [] },
  schedule: {
    arguments: [
      { key: 'change', is: 'change', optional: true },
      { key: 'app', is: 'app', optional: true },
      { key: 'span', is: 'span', optional: true },
    ],
    flags: [],
  },
  mute: {
    arguments: [
      { key: 'app', is: 'app', optional: false },
      { key: 'span', is: 'span', optional: true },
      { key: 'reason', is: 'text', optional: true, rest: true },
    ],
    flags: [],
  },
  unmute: { arguments: [{ key: 'app', is: 'app', optional: false }], flags: [] },
  status: { arguments: [{ key: 'run', is: 'run', optional: true }], flags: [] },
  cancel: { arguments: [{ key: 'run', is: 'run', optional: false }], flags: [] },
  retry: { arguments: [{ key: 'run', is: 'run', optional: false }], flags: [] },
  link: {
    arguments: [{ key: 'code', is: 'text', optional: true }],
    flags: [
      { name: '--accept', key: 'how', means: 'accept' },
      { name: '--refuse', key: 'how', means: 'refuse' },
      { name: '--remove', key: 'how', means: 'remove' },
    ],
  },
  help: { arguments: [{ key: 'topic', is: 'verb', optional: true }], flags: [] },
  whoami: { arguments: [], flags: [] },
};

const helpMarks = ['-h', '--help', '?'];
const aliases: ReadonlyMap<string, Verb> = new Map([
  ['ls', 'list'],
  ['ps', 'status'],
]);

/** Both reading and writing a command go by this, so what is written reads back. */
export function grammarOf(verb: Verb): Grammar {
  return grammars[verb];
}

/** A verb or an alias of one, in any case. */
export function verbNamed(word: string): Verb | undefined {
  const wanted = word.toLowerCase();
  return Verb.options.find((verb) => verb === wanted) ?? (marksHelp(word) ? 'help' : aliases.get(wanted));
}

/** `-h`, `--help` and `?` ask for help wherever they stand. */
export function marksHelp(word: string): boolean {
  return helpMarks.includes(word.toLowerCase());
}

/** Whether the word behind the verb is an app's name. */
export function beginsWithApp(verb: Verb): boolean {
  return grammars[verb].arguments[0]?.is === 'app';
}
