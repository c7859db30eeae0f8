import { existsSync } from 'node:fs';
import { fillIn } from '../placeholders.ts';
import { pathName } from '../problems.ts';
import { mapTexts } from '../texts.ts';

/**
 * Variables and files that placeholders stand for and that are not there for this process. Whoever needs them says so at its start; a
 * check is where that is learned before.
 */
export function unsetVariables(value: unknown, env: NodeJS.ProcessEnv): string[] {
  const places = new Map<string, string>();
  mapTexts(value, (text, path) =>
    fillIn(text, (source) => {
      const name = 'variable' in source ? source.variable : source.file;
      const isThere = 'variable' in source ? env[name] !== undefined : existsSync(name);
      if (!isThere && !places.has(name)) places.set(name, pathName(path));
      return '';
    }),
  );
  if (places.size === 0) return [];
  const names = [...places].map(([name, place]) => `${name} (for ${place})`);
  return [`Not set here: ${names.join(', ')}. Set it where the process that needs it is started.`];
}
