/** Statements of the server that name a sequence with its database, with the name of `database` taken out. Strings stay as they are. */
export function withoutSequenceNames(sql: string, database: string): string {
  const name = `\`${database.replaceAll('`', '``')}\`.`;
  return sql.replace(stringsAndSequences, (found, call: string | undefined, owner: string | undefined) =>
    call !== undefined && owner === name ? call : found,
  );
}

const stringsAndSequences =
  /'(?:[^'\\]|\\[\s\S]|'')*'|(\b(?:nextval|lastval|setval)\()(`(?:[^`]|``)*`\.)(?=`)/g;
