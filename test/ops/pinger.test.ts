import { describe, expect, it } from 'vitest';
import { openPinger } from '../../src/ops/pinger.ts';
import { startPingServer } from '../support/ping-server.ts';
import { freePort } from '../support/services/port.ts';

const quick = { answerMs: 60_000, pausesMs: [1, 1], turnMs: 1, closeMs: 60_000 };

function pinging(pace = quick) {
  const warnings: string[] = [];
  const pinger = openPinger((sentence) => warnings.push(sentence), pace);
  const send = (address: string, word = 'start') =>
    pinger.send({ runId: 'r_1', title: `The ${word} ping of shop`, address });
  return { pinger, warnings, send };
}

describe('a ping', () => {
  it('is sent once when it is answered', async () => {
    const server = await startPingServer(200);
    const { pinger, warnings, send } = pinging();

    send(`${server.url}/a-secret`);
    await pinger.close();

    expect(server.asked).toEqual(['/a-secret']);
    expect(warnings).toEqual([]);
  });

  it('is sent again when the server has trouble, and nobody hears of it when that helped', async () => {
    const server = await startPingServer(500, 429, 200);
    const { pinger, warnings, send } = pinging();

    send(`${server.url}/a-secret`);
    await pinger.close();

    expect(server.asked).toHaveLength(3);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['answers with 500', 500, 3, 'it was answered with HTTP 500'],
    ['answers with 404', 404, 1, 'it was answered with HTTP 404'],
    ['hangs', 'hang', 3, 'there was no answer within 0.1 s'],
  ] as const)(
    'to a server that %s ends as a warning without its address',
    async (_, behaviour, times, why) => {
      const server = await startPingServer(behaviour);
      const answerMs = behaviour === 'hang' ? 100 : 60_000;
      const { pinger, warnings, send } = pinging({ ...quick, answerMs });

      send(`${server.url}/a-secret`);
      await pinger.close();

      expect(server.asked).toHaveLength(times);
      expect(warnings).toEqual([
        `The start ping of shop did not arrive: ${why}. The run goes on as if nothing had happened.`,
      ]);
    },
  );

  it('to nobody ends as a warning without its address', async () => {
    const { pinger, warnings, send } = pinging();

    send(`http://127.0.0.1:${await freePort()}/a-secret`);
    await pinger.close();

    expect(warnings).toEqual([
      'The start ping of shop did not arrive: nobody was reached (ECONNREFUSED). The run goes on as if nothing had happened.',
    ]);
  });

  it('of the same run that still hangs is given up for the next, so that the last word is the last', async () => {
    const server = await startPingServer('hang', 200);
    const { pinger, warnings, send } = pinging();

    send(`${server.url}/start`);
    await server.askedFor(1);
    send(`${server.url}/success`, 'success');
    await pinger.close();

    expect(server.asked).toEqual(['/start', '/success']);
    expect(warnings).toEqual([]);
  });

  it('waits for the one before it of the same run, so that they arrive in their order', async () => {
    const server = await startPingServer(500, 500, 200);
    const { pinger, warnings, send } = pinging({ ...quick, turnMs: 60_000 });

    send(`${server.url}/start`);
    send(`${server.url}/success`, 'success');
    await pinger.close();

    expect(server.asked).toEqual(['/start', '/start', '/start', '/success']);
    expect(warnings).toEqual([]);
  });

  it('that hangs keeps a worker that stops no longer than its patience', async () => {
    const server = await startPingServer('hang');
    const { pinger, send } = pinging({ ...quick, answerMs: 600_000, closeMs: 1 });

    send(`${server.url}/start`);
    await server.askedFor(1);
    await pinger.close();

    expect(server.asked).toEqual(['/start']);
  });
});
