import type { Command } from './command.ts';
import { type Flag, grammarOf } from './grammar.ts';
import { writeWord } from './words.ts';

/** A command as one would type it, `run shop --only-db --to disk`; reading it gives the same command. */
export function writeCommand(command: Command): string {
  const said = new Map<string, string | readonly string[] | undefined>(Object.entries(command));
  const { arguments: named, flags } = grammarOf(command.verb);

  const names = named.flatMap(({ key }) => said.get(key) ?? []).map(writeWord);
  return [command.verb, ...names, ...flags.flatMap((flag) => writeFlag(flag, said.get(flag.key)))].join(' ');
}

function writeFlag(flag: Flag, said: string | readonly string[] = []): string[] {
  if ('means' in flag) return said === flag.means ? [flag.name] : [];
  return [said].flat().flatMap((name) => [flag.name, writeWord(name)]);
}
