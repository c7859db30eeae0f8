import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openClients } from '../../src/chat/slack/clients.ts';
import { botApi } from '../../src/chat/telegram/api.ts';
import { TelegramOptions } from '../../src/chat/telegram/options.ts';
import { freePort } from '../support/services/port.ts';

/** A chat platform that answers every call alike, until the test ends; gives its address. */
async function answering(status: number, body: object): Promise<string> {
  const port = await freePort();
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '60' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${port}/`;
}

const away = async () => `http://127.0.0.1:${await freePort()}/`;

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe('every call to Slack is counted', () => {
  async function outcomesAt(apiUrl: string): Promise<string[]> {
    const outcomes: string[] = [];
    const onCall = (platform: string, outcome: string) => void outcomes.push(`${platform} ${outcome}`);
    const { web } = openClients({ token: 'xoxb-1', apiUrl }, { log: quiet, onCall });
    await web.auth.test().catch(() => {});
    return outcomes;
  }

  it.each([
    ['answered', 200, { ok: true }],
    ['answered', 200, { ok: false, error: 'invalid_auth' }],
    ['too-many', 429, { ok: false, error: 'ratelimited' }],
    ['failed', 500, {}],
  ])('as %s when it says %i %o', async (outcome, status, body) => {
    expect(await outcomesAt(await answering(status, body))).toEqual([`slack ${outcome}`]);
  });

  it('as failed when nobody is there', async () => {
    expect(await outcomesAt(await away())).toEqual(['slack failed']);
  });
});

describe('every call to Telegram is counted', () => {
  async function outcomesAt(apiRoot: string): Promise<string[]> {
    const outcomes: string[] = [];
    const onCall = (platform: string, outcome: string) => void outcomes.push(`${platform} ${outcome}`);
    const api = botApi(TelegramOptions.parse({ token: '1:a', apiRoot }), { onCall });
    await api.call('getMe', {}).catch(() => {});
    return outcomes;
  }

  it.each([
    ['answered', 200, { ok: true, result: {} }],
    ['answered', 400, { ok: false, error_code: 400, description: 'Bad Request: chat not found' }],
    [
      'too-many',
      429,
      { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } },
    ],
    ['failed', 502, { ok: false, error_code: 502, description: 'Bad Gateway' }],
  ])('as %s when it says %i %o', async (outcome, status, body) => {
    expect(await outcomesAt(await answering(status, body))).toEqual([`telegram ${outcome}`]);
  });

  it('as failed when nobody is there', async () => {
    expect(await outcomesAt(await away())).toEqual(['telegram failed']);
  });
});
