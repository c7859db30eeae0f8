import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { countedFetch } from '../../../src/chat/slack/counted-fetch.ts';

async function serving(content: () => Iterable<Buffer>): Promise<string> {
  const server = createServer((_, answer) => {
    Readable.from(content())
      .on('error', () => {})
      .pipe(answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

it('an answer of Slack that does not end is given up', async () => {
  const url = await serving(function* () {
    for (;;) yield Buffer.alloc(65_536, ' ');
  });

  const response = await countedFetch(undefined)(url);

  await expect(response.text()).rejects.toThrow('longer than 8 MiB');
});

it('an answer of Slack that ends is given as it is, and counted', async () => {
  const url = await serving(() => [Buffer.from('{"ok":'), Buffer.from('true}')]);
  const counted: string[] = [];

  const response = await countedFetch((_, outcome) => counted.push(outcome))(url);

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ ok: true });
  expect(counted).toEqual(['answered']);
});
