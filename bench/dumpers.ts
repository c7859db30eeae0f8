import type { Contestant } from './contestant.ts';

const dump =
  'mariadb-dump --single-transaction --quick --routines --triggers --events --hex-blob' +
  ' --default-character-set=utf8mb4 -h "$HOST" -P "$PORT" -u "$LOGIN" "$DATABASE"';

/** All who put a dump of `$DATABASE` into `$OUT`. */
export const dumpers: readonly Contestant[] = [
  { name: 'mariadb-dump | Holdfast', script: `${dump} | node "$BENCH/zip-stream.mjs"` },
  { name: 'mariadb-dump | gzip', needs: ['gzip', '--version'], script: `${dump} | gzip > "$OUT"` },
  { name: 'mariadb-dump | zip', needs: ['zip', '--version'], script: `${dump} | zip -q "$OUT" -` },
  { name: 'mariadb-dump | pigz', needs: ['pigz', '--version'], script: `${dump} | pigz > "$OUT"` },
  { name: 'floor: mariadb-dump alone', script: `${dump} > /dev/null; touch "$OUT"` },
];
