import { z } from 'zod';
import { humanList } from '../../domain/units.ts';
import type { Choice } from './choose-tables.ts';
import type { Session } from './connect.ts';
import { skips } from './left-out.ts';
import { literal } from './literal.ts';
import type { MysqlOptions } from './options.ts';
import { namesIn } from './references.ts';
import { withoutSequenceNames } from './without-name.ts';

/** A view, trigger, routine or event that goes into a dump. */
export interface Definition {
  readonly kind: string;
  readonly name: string;
  /** As the dump has it: a view with the names the server writes, the others as somebody typed them. */
  readonly text: string;
  /** The user whose rights it runs with: `shop@localhost`. */
  readonly definer: string;
}

export async function readDefinitions(
  session: Session,
  options: MysqlOptions,
  { whole, schemaOnly }: Choice,
): Promise<Definition[]> {
  const { database } = options;
  const chosen = new Set([...whole, ...schemaOnly].map(({ name }) => name));
  const triggers = skips(options, 'triggers') ? [] : await session.rows(Trigger, listTriggers, [database]);
  const routines = skips(options, 'routines') ? [] : await session.rows(Stored, listRoutines, [database]);
  const events = skips(options, 'events') ? [] : await session.rows(Stored, listEvents, [database]);
  const found = await session.rows(Definer, listViews, [database]);

  const views: Definition[] = [];
  for (const { name, definer } of found.filter((view) => chosen.has(view.name))) {
    const [view] = await session.rows(View, `SHOW CREATE VIEW \`${name.replaceAll('`', '``')}\``);
    views.push({ kind: 'view', name, text: view?.['Create View'] ?? '', definer });
  }
  return [...views, ...triggers.filter(({ table }) => chosen.has(table)), ...routines, ...events].map(
    (definition) => ({ ...definition, kind: definition.kind.toLowerCase() }),
  );
}

const Definer = z.object({ name: z.string(), definer: z.string() });
const Stored = Definer.extend({ kind: z.string(), text: z.string() });
const Trigger = Stored.extend({ table: z.string() });
const View = z.object({ 'Create View': z.string() });

const listViews = `SELECT TABLE_NAME AS name, DEFINER AS definer FROM information_schema.VIEWS
  WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME`;

const listTriggers = `SELECT 'trigger' AS kind, TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS \`table\`,
    ACTION_STATEMENT AS text, DEFINER AS definer
  FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ? ORDER BY TRIGGER_NAME`;

const listRoutines = `SELECT ROUTINE_TYPE AS kind, ROUTINE_NAME AS name, COALESCE(ROUTINE_DEFINITION, '') AS text, DEFINER AS definer
  FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? ORDER BY ROUTINE_NAME`;

const listEvents = `SELECT 'event' AS kind, EVENT_NAME AS name, EVENT_DEFINITION AS text, DEFINER AS definer
  FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ? ORDER BY EVENT_NAME`;

/** What names its own database: loaded under another name it still uses, and changes, what has this one. */
export function tiedToName(
  definitions: readonly Definition[],
  database: string,
  known: readonly string[],
): string[] {
  const objects = new Set([...known, ...definitions.map(({ name }) => name)]);
  const typed = new RegExp(
    `(?<![\\w$\`.])(?:\`${literal(database)}\`|${literal(database)})\\s*\\.\\s*[\`\\w$]`,
    'u',
  );
  return definitions
    .filter(({ kind, text }) =>
      kind === 'view'
        ? // What stands behind the name tells it from that of an alias.
          namesIn(withoutSequenceNames(text, database), database).some((name) => objects.has(name))
        : typed.test(text),
    )
    .map(({ kind, name }) => `${kind} ${name}`);
}

/** What of triggers, routines and events names a table that is left out: it loads, and fails when it runs. */
export function overLeftOut(definitions: readonly Definition[], { excluded }: Choice): string[] {
  const found = definitions
    .filter(({ kind }) => kind !== 'view')
    .flatMap(({ kind, name, text }) => {
      const missing = excluded.find((table) =>
        new RegExp(`(?<![\\w$])${literal(table.name)}(?![\\w$])`, 'u').test(text),
      );
      return missing === undefined ? [] : [`${kind} ${name} (${missing.name})`];
    });
  if (found.length === 0) return [];
  return [
    `These name tables that are left out, and fail when they run where the dump is loaded: ${humanList(found)}.`,
  ];
}
