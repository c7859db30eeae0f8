import { z } from 'zod';
import type { Session } from '../connect.ts';

/** The `sql_mode` each trigger was made with and runs with, by name: the npm package mysqldump forgets it. */
export type TriggerModes = ReadonlyMap<string, string>;

export async function triggerModes(session: Session, database: string): Promise<TriggerModes> {
  const triggers = await session.rows(
    z.object({ name: z.string(), mode: z.string() }),
    'SELECT TRIGGER_NAME AS name, SQL_MODE AS mode FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?',
    [database],
  );
  return new Map(triggers.map(({ name, mode }) => [name, mode]));
}

/** A trigger as the package writes it, made with the mode it has. */
export function inItsMode(trigger: string, modes: TriggerModes): string {
  const [, name = ''] = /^# TRIGGER DUMP FOR: (.+)$/m.exec(trigger) ?? [];
  return `SET SQL_MODE = '${modes.get(name) ?? ''}';\n${trigger}`;
}
