import { createConnection } from 'mysql2/promise';
import type { Login, Mariadb } from '../test/support/services/mariadb.ts';

export type Database = Login & { readonly database: string };

/** A shop's database of some 300 MiB as SQL. Everything follows from the row's number, so it is the same each time. */
export async function makeDatabase(mariadb: Mariadb): Promise<Database> {
  const login = await mariadb.database();
  const connection = await createConnection({ ...login, multipleStatements: true });
  await connection.query(script);
  await connection.end();
  return login;
}

const words = 'the,a,blue,garden,lamp,with,of,wood,small,large,and,for,kitchen,soft,cotton,glass'
  .split(',')
  .map((word) => `'${word}'`);

const sentence = `concat_ws(' ', ${Array.from({ length: 24 }, (_, place) => word(place)).join(', ')})`;

function word(place: number): string {
  return `elt(1 + crc32(concat(seq, '-', ${place})) % ${words.length}, ${words.join(', ')})`;
}

const script = `
CREATE TABLE products (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(120) NOT NULL, description text,
  price decimal(10,2) NOT NULL, weight double, in_stock boolean NOT NULL, details json, added date, KEY (name)
) DEFAULT CHARSET = utf8mb4;
INSERT INTO products
  SELECT seq, concat('Product № ', seq), concat(${sentence}, '. ', md5(seq)), crc32(seq) % 100000 / 100,
    sqrt(seq), seq % 3 > 0, json_object('colour', hex(crc32(seq) % 4096), 'tags', json_array('new', seq % 7)),
    date_add('2020-01-01', INTERVAL seq % 2000 DAY)
  FROM seq_1_to_365000;
CREATE TABLE orders (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, product int unsigned NOT NULL, email varchar(190) NOT NULL,
  state enum('new','paid','sent') NOT NULL, ordered_at datetime(3) NOT NULL, paid_at timestamp NULL, total float, KEY (product)
) DEFAULT CHARSET = utf8mb4;
INSERT INTO orders
  SELECT seq, 1 + crc32(seq) % 365000, concat('person', crc32(concat('p', seq)), '@example.org'),
    elt(1 + seq % 3, 'new', 'paid', 'sent'), date_add('2021-01-01', INTERVAL seq * 137 SECOND),
    if(seq % 3, '2024-02-29 12:00:00', NULL), crc32(seq) / 1000
  FROM seq_1_to_1100000;
CREATE TABLE pictures (id int unsigned NOT NULL PRIMARY KEY, content mediumblob NOT NULL);
INSERT INTO pictures
  SELECT seq, concat(${Array.from({ length: 64 }, (_, part) => `unhex(sha2(concat(seq, '/', ${part}), 512))`).join(', ')})
  FROM seq_1_to_12000;
`;
