import { didYouMean } from '../../domain/did-you-mean.ts';
import { DatabaseError } from '../dumper.ts';
import { type MysqlOptions, whereIs } from './options.ts';
import type { Survey, SurveyedTable } from './survey.ts';

/** What of a database goes into its dump. */
export interface Choice {
  /** Tables and views that go in whole. */
  readonly whole: readonly SurveyedTable[];
  /** Tables that go in without their rows. */
  readonly schemaOnly: readonly SurveyedTable[];
  /** Tables and views that stay out. */
  readonly excluded: readonly SurveyedTable[];
  /** Names of the configuration that mean nothing here, in sentences. */
  readonly warnings: readonly string[];
}

/** @throws {DatabaseError} when a table to include is not there: a dump without it would be a surprise. */
export function chooseTables({ tables }: Survey, options: MysqlOptions): Choice {
  const { includeTables, excludeTables, schemaOnlyTables } = options;
  const sentences = (names: readonly string[]) => unknownTables(names, tables, options);
  const [missing] = sentences(includeTables);
  if (missing !== undefined) throw new DatabaseError(missing);

  const isIncluded = ({ name }: SurveyedTable) =>
    includeTables.length > 0 ? includeTables.includes(name) : !excludeTables.includes(name);
  const isSchemaOnly = ({ name, type }: SurveyedTable) => type !== 'VIEW' && schemaOnlyTables.includes(name);
  const included = tables.filter(isIncluded);

  return {
    whole: included.filter((table) => !isSchemaOnly(table)),
    schemaOnly: included.filter(isSchemaOnly),
    excluded: tables.filter((table) => !isIncluded(table)),
    warnings: sentences([...excludeTables, ...schemaOnlyTables]),
  };
}

function unknownTables(names: readonly string[], tables: Survey['tables'], options: MysqlOptions): string[] {
  const known = tables.map(({ name }) => name);

  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const [likely] = didYouMean(name, known);
      const hint = likely === undefined ? 'Correct the configuration.' : `Did you mean "${likely}"?`;
      return `There is no table "${name}" in mysql ${whereIs(options)}. ${hint}`;
    });
}
