import Database from 'libsql/promise';

const entriesAtFirst = 20_000;

/** A database that somebody writes to all the time, until it is closed. */
export interface Guestbook {
  close(): Promise<{ readonly written: number }>;
}

/** The application's own, so it does not go through the dumper's file. */
export async function openGuestbook(path: string): Promise<Guestbook> {
  const database = new Database(path, {});
  await database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE entries (id INTEGER PRIMARY KEY, visitor TEXT NOT NULL, words TEXT NOT NULL);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${entriesAtFirst})
    INSERT INTO entries (visitor, words) SELECT 'visitor ' || i, 'What a lovely place, I came ' || i || ' miles 🎈' FROM n;
  `);
  const insert = await database.prepare('INSERT INTO entries (visitor, words) VALUES (?, ?)');

  let open = true;
  let written = 0;
  async function keepWriting(): Promise<void> {
    while (open) {
      await insert.run(['visitor of now', `Entry ${written} of this visit`]);
      written += 1;
      await new Promise((next) => setTimeout(next, 5));
    }
  }

  const writing = keepWriting();
  return {
    async close() {
      open = false;
      await writing;
      await database.close();
      return { written };
    },
  };
}
