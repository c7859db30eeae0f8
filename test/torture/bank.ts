import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Login, Mariadb } from '../support/services/mariadb.ts';

const accounts = 200;
const balance = 1000;

/** Hundreds a second go on meanwhile, and leave the machine to those who are tortured. */
const betweenTransfersMs = 3;

/** What every copy of the bank has to add up to, whenever it was taken. */
export const exactSum = accounts * balance;

type Place = Login & { readonly database: string };

/** A bank with transfers going on all the time: at no instant does it hold more or less money. */
export interface Bank {
  readonly place: Place;
  /** Money that was moved so far, to see that something is going on. */
  transfers(): number;
  /** Loads the dump of an archive into a database of its own, and adds up what is there. */
  sumOfDump(archive: string): Promise<number>;
  close(): Promise<void>;
}

export async function openBank(mariadb: Mariadb): Promise<Bank> {
  const place = await mariadb.database();
  await fill(place);
  const closing = new AbortController();
  let transfers = 0;
  const clerks = [0, 1].map((clerk) => work(place, clerk, closing.signal, () => (transfers += 1)));

  return {
    place,
    transfers: () => transfers,
    sumOfDump: async (archive) => sumOfDump(archive, await mariadb.database()),
    async close() {
      closing.abort();
      await Promise.all(clerks);
    },
  };
}

async function fill(place: Place): Promise<void> {
  const connection = await createConnection({ ...place });
  await connection.query('CREATE TABLE accounts (id int PRIMARY KEY, balance bigint NOT NULL) ENGINE=InnoDB');
  await connection.query('CREATE TABLE papers (id int AUTO_INCREMENT PRIMARY KEY, body mediumtext)');
  const rows = Array.from({ length: accounts }, (_, id) => [id, balance]);
  await connection.query('INSERT INTO accounts VALUES ?', [rows]);
  // So that a dump takes long enough to be met in the middle.
  for (let paper = 0; paper < 48; paper++)
    await connection.query('INSERT INTO papers (body) VALUES (REPEAT(?, 4096))', [
      `paper ${paper} `.repeat(4),
    ]);
  await connection.end();
}

async function work(place: Place, clerk: number, closing: AbortSignal, done: () => void): Promise<void> {
  const connection = await createConnection({ ...place });
  for (let turn = 0; !closing.aborted; turn++) {
    const from = (turn * 7 + clerk) % accounts;
    const to = (turn * 13 + 5 + clerk) % accounts;
    const [first, last] = from < to ? [from, to] : [to, from];
    await connection.beginTransaction();
    await connection.query('SELECT id FROM accounts WHERE id IN (?, ?) ORDER BY id FOR UPDATE', [
      first,
      last,
    ]);
    await connection.query('UPDATE accounts SET balance = balance - 1 WHERE id = ?', [from]);
    await connection.query('UPDATE accounts SET balance = balance + 1 WHERE id = ?', [to]);
    await connection.commit();
    done();
    await pause(betweenTransfersMs);
  }
  await connection.end();
}

async function sumOfDump(archive: string, place: Place): Promise<number> {
  const { host, port, user, password, database } = place;
  const unzip = execa('unzip', ['-p', archive, 'databases/*'], { buffer: false });
  const login = [`-h${host}`, `-P${port}`, `-u${user}`, '--default-character-set=utf8mb4', database];
  await Promise.all([
    unzip,
    execa('mariadb', ['--no-defaults', ...login], { env: { MYSQL_PWD: password }, input: unzip.stdout }),
  ]);
  const connection = await createConnection({ ...place });
  const [[row]] = await connection.query<RowDataPacket[]>('SELECT SUM(balance) AS sum FROM accounts');
  await connection.query('DROP DATABASE ??', [place.database]);
  await connection.end();
  return Number(row?.sum);
}
