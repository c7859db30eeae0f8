/*
 * Ends in the middle of a dump: `node --import tsx exiting-dump.ts PROGRAM` runs the program, says its first line, and exits, or is killed
 * when a second argument says so.
 */
import { runClient } from '../../../../src/databases/mysql/client/run-client.ts';

const [path = '', how] = process.argv.slice(2);
const client = { path, name: 'fake', family: 'mariadb', version: '0' } as const;
const run = { client, arguments: [], title: 'mysql shop', redact: (text: string) => text, onRemark() {} };

for await (const line of runClient(run, new AbortController().signal)) {
  process.stdout.write(line, () =>
    how === 'is killed' ? process.kill(process.pid, 'SIGKILL') : process.exit(1),
  );
}
