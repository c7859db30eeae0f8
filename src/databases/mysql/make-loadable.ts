import { humanList } from '../../domain/units.ts';
import { DatabaseError } from '../dumper.ts';
import type { Choice } from './choose-tables.ts';
import { type MysqlOptions, whereIs } from './options.ts';
import type { References } from './references.ts';
import type { SurveyedTable } from './survey.ts';

/**
 * The choice, changed so that its dump can be loaded into an empty database: with the sequences its tables and views take values
 * from, and without views over what is left out, whose definition would stop the load.
 * @throws {DatabaseError} when such a view is among those to include.
 */
export function makeLoadable(choice: Choice, references: References, options: MysqlOptions): Choice {
  const unreadable = viewsOverLeftOut(choice, references);
  const refused = [...unreadable].filter(([view]) => options.includeTables.includes(view));
  if (refused.length > 0) throw new DatabaseError(refusal(refused, options));

  const dropped = choice.whole.filter(({ name }) => unreadable.has(name));
  const whole = choice.whole.filter(({ name }) => !unreadable.has(name));
  const sequences = neededSequences([...whole, ...choice.schemaOnly], choice.excluded, references);
  return {
    whole: [...sequences, ...whole],
    schemaOnly: choice.schemaOnly,
    excluded: [...choice.excluded.filter((table) => !sequences.includes(table)), ...dropped],
    warnings: [
      ...choice.warnings,
      ...viewNotes(unreadable),
      ...sequenceNotes(sequences),
      ...foreignKeyNotes(choice, references),
    ],
  };
}

/** Each view that cannot be made where the dump is loaded, with what it lacks; also views over such views. */
function viewsOverLeftOut({ whole, excluded }: Choice, { reads }: References): Map<string, string> {
  const leftOut = new Set(excluded.filter(({ type }) => type !== 'SEQUENCE').map(({ name }) => name));
  const views = new Set(whole.filter(isView).map(({ name }) => name));
  const found = new Map<string, string>();
  const next = () => reads.find(({ from, name }) => views.has(from) && !found.has(from) && leftOut.has(name));

  for (let broken = next(); broken !== undefined; broken = next()) {
    found.set(broken.from, broken.name);
    leftOut.add(broken.from);
  }
  return found;
}

function neededSequences(
  dumped: readonly SurveyedTable[],
  excluded: readonly SurveyedTable[],
  { reads }: References,
): SurveyedTable[] {
  const isDumped = new Set(dumped.map(({ name }) => name));
  const needed = new Set(reads.filter(({ from }) => isDumped.has(from)).map(({ name }) => name));
  return excluded.filter(({ name, type }) => type === 'SEQUENCE' && needed.has(name));
}

function isView({ type }: SurveyedTable): boolean {
  return type === 'VIEW';
}

function refusal(views: readonly (readonly [string, string])[], options: MysqlOptions): string {
  const each = views.map(([view, table]) => `${view} reads ${table}`);
  const names = [...new Set(views.map(([, table]) => table))];
  return `A dump of mysql ${whereIs(options)} could not be loaded: of the views to include ${humanList(each)}, which includeTables leaves out. Add ${humanList(names)} to includeTables; without its rows: to schemaOnlyTables as well.`;
}

function viewNotes(views: ReadonlyMap<string, string>): string[] {
  if (views.size === 0) return [];
  const each = [...views].map(([view, table]) => `${view} (reads ${table})`);
  return [
    `Views over tables that are left out cannot be loaded, so they are left out, too: ${humanList(each)}. To keep a view, name its table in schemaOnlyTables instead.`,
  ];
}

function sequenceNotes(sequences: readonly SurveyedTable[]): string[] {
  if (sequences.length === 0) return [];
  const names = sequences.map(({ name }) => name);
  return [`The dump also has what its tables take values from: the sequence ${humanList(names)}.`];
}

function foreignKeyNotes({ whole, schemaOnly, excluded }: Choice, { foreignKeys }: References): string[] {
  const namesOf = (tables: readonly SurveyedTable[]) => new Set(tables.map(({ name }) => name));
  const [withRows, empty, absent] = [namesOf(whole), namesOf(schemaOnly), namesOf(excluded)];
  const show = (keys: References['foreignKeys']) =>
    humanList(keys.map(({ table, parent }) => `${table} to ${parent}`));
  const toAbsent = foreignKeys.filter(
    ({ table, parent }) => (withRows.has(table) || empty.has(table)) && absent.has(parent),
  );
  const toEmpty = foreignKeys.filter(({ table, parent }) => withRows.has(table) && empty.has(parent));

  return [
    ...(toAbsent.length > 0
      ? [
          `Foreign keys lead to tables that are left out: ${show(toAbsent)}. The dump loads, but takes new rows there only once these tables exist.`,
        ]
      : []),
    ...(toEmpty.length > 0
      ? [
          `Foreign keys lead to rows that are left out: ${show(toEmpty)}. The dump loads with these rows missing.`,
        ]
      : []),
  ];
}
