import { newestFirst } from '../backup.ts';
import { fromInstant } from '../instant.ts';
import { humanAge, humanCount } from '../units.ts';
import type { HealthCheck, WatchedBackup } from './check.ts';

/** What was not as stored when it was read back stays wrong until it is read whole, or gone; nobody can see it in a list. */
export function damage(): HealthCheck {
  return {
    name: 'damage',
    judge({ destination, backups }, { app, now }) {
      const [damaged, ...others] = newestFirst(backups.filter(isDamaged));
      if (damaged === undefined) return undefined;

      const more =
        others.length === 0
          ? ''
          : ` So ${others.length === 1 ? 'was' : 'were'} ${humanCount(others.length, 'other')}.`;
      const read = humanAge(fromInstant(damaged.last.at), now);
      return {
        problem: `${damaged.key} in ${destination} was not what was stored when it was read, ${read}.${more}`,
        advice: `No clean counts or removes it. Copy it from where it is whole, with its manifest, or remove it; then: /backup verify ${app} --all`,
      };
    },
  };
}

type Damaged = WatchedBackup & { readonly last: NonNullable<WatchedBackup['last']> };

function isDamaged(backup: WatchedBackup): backup is Damaged {
  return backup.last?.found === 'differs';
}
