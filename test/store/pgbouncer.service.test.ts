import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { openQueue } from '../../src/queue/bullmq.ts';
import { openState } from '../../src/state/registry.ts';
import { StoreOptions } from '../../src/store/options.ts';
import { openStore } from '../../src/store/registry.ts';
import { newTopic, quickPace, take } from '../queue/working.ts';
import { findOrInstall } from '../support/services/install.ts';
import { freePort } from '../support/services/port.ts';
import { startOwnPostgres } from '../support/services/postgres.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('queue and state work through PgBouncer that keeps sessions', async () => {
  const server = await startOwnPostgres();
  onTestFinished(() => server.stop());
  const store = await openStore(StoreOptions.parse({ url: await pooled(server.url) }), () => {});
  onTestFinished(() => store.close());
  const state = openState(store);
  const queue = openQueue(store, { warn: () => {}, pace: quickPace });
  const topic = newTopic();

  await state.remember('known', 1, 60);
  await queue.add(topic, { id: 'a', data: { text: '' } });
  const [job] = await take(queue, topic, 1);
  await queue.close();

  expect(await state.recall('known')).toBe(1);
  expect(job?.id).toBe('a');
});

/** The address of a PgBouncer in front of a server. */
async function pooled(url: string): Promise<string> {
  const programs = await findOrInstall({ programs: ['pgbouncer'], package: 'pgbouncer' });
  const folder = temporaryFolder();
  const { port, username, password } = new URL(url);
  const own = await freePort();
  writeFileSync(join(folder, 'users'), `"${username}" "${password}"\n`, { mode: 0o644 });
  const settings = `[databases]
* = host=127.0.0.1 port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = md5
auth_file = ${join(folder, 'users')}
pool_mode = session
default_pool_size = 60
`;
  writeFileSync(join(folder, 'pgbouncer.ini'), settings);
  await execa('chmod', ['755', folder]);
  const isRoot = process.getuid?.() === 0;
  const args = [...(isRoot ? ['-u', 'nobody'] : []), join(folder, 'pgbouncer.ini')];
  const program = execa(programs('pgbouncer'), args, { reject: false });
  onTestFinished(async () => {
    program.kill();
    await program;
  });
  await new Promise<void>((ready, failed) => {
    program.stderr.on('data', (bytes) => /process up/.test(String(bytes)) && ready());
    program.then(({ stderr }) => failed(new Error(stderr)));
  });
  return Object.assign(new URL(url), { port: String(own) }).href;
}
