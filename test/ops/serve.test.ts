import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openMetrics } from '../../src/ops/metrics.ts';
import { HttpOptions } from '../../src/ops/options.ts';
import { serveHttp } from '../../src/ops/serve.ts';
import { failedRun } from '../support/run-report.ts';
import { freePort } from '../support/services/port.ts';

const token = 'a-token-of-some-length';

/** What a process serves until the test ends; gives the address. */
async function serving({ isReady = true, ...options }: { isReady?: boolean; token?: string } = {}) {
  const port = await freePort();
  const metrics = openMetrics({
    apps: ['shop'],
    depths: async () => [{ queue: 'runs.default', waiting: 2, running: 1 }],
    newest: async () => [
      { app: 'shop', destination: 'disk', takenAt: new Date('2026-11-22T00:00:00Z') },
      { app: 'shop', destination: 'far' },
    ],
    now: () => new Date('2026-11-22T01:00:00Z'),
  });
  const server = await serveHttp(HttpOptions.parse({ port, ...options }), {
    ready: () => (isReady ? Promise.resolve() : Promise.reject(new Error('redis://10.0.0.7 is away'))),
    metrics: metrics.text,
    warn: () => {},
  });
  onTestFinished(() => server.close());
  return { port, address: `http://127.0.0.1:${port}`, metrics };
}

describe('what a process tells over HTTP', () => {
  it('is that it lives, whether it is ready, and its numbers', async () => {
    const { address } = await serving();

    const answers = await Promise.all(
      ['/healthz', '/readyz', '/metrics'].map((path) => fetch(address + path)),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[2]?.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  });

  it('is nothing else, whatever is asked for and however', async () => {
    const { address, port } = await serving({ token });
    const paths = [
      ...[
        '/',
        '/metrics/',
        '/metrics/..',
        '//metrics',
        '/METRICS',
        '/%6detrics',
        '/readyz/x',
        '/api',
        '/debug',
      ],
      ...['/favicon.ico', '/config', '/constructor', '/__proto__', '/metrics;', '/healthz%00'],
    ];
    const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'];

    const elsewhere = await Promise.all(paths.map((path) => statusOf(port, 'GET', path)));
    const otherwise = await Promise.all(
      methods.flatMap((method) =>
        ['/healthz', '/readyz', '/metrics'].map((path) => statusOf(port, method, path)),
      ),
    );

    expect(new Set(elsewhere)).toEqual(new Set([404]));
    expect(new Set(otherwise)).toEqual(new Set([405]));
    expect(await statusOf(port, 'GET', `${address}/metrics`)).toBe(404);
    expect(await statusOf(port, 'TRACE', '/metrics')).not.toBe(200);
  });

  it('gives its numbers only to who sends the token, where there is one', async () => {
    const { address } = await serving({ token });
    const wrong = [
      `Bearer ${token}x`,
      `Bearer ${token.slice(0, -1)}`,
      'Bearer',
      `Basic ${btoa(token)}`,
      token,
    ];

    const refused = await Promise.all([
      fetch(`${address}/metrics`),
      fetch(`${address}/metrics?token=${token}`),
      ...wrong.map((authorization) => fetch(`${address}/metrics`, { headers: { authorization } })),
    ]);
    const told = await fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${token}` } });

    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]));
    expect((await Promise.all(refused.map((answer) => answer.text()))).join('')).not.toContain('holdfast_');
    expect(told.status).toBe(200);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  it('says 503 and why while the queue is away, without its address', async () => {
    const { address } = await serving({ isReady: false });

    const answer = await fetch(`${address}/readyz`);

    expect(answer.status).toBe(503);
    expect(await answer.text()).toBe(
      'The queue does not answer, or takes no work: nothing is done or reported until it does. The log says more.\n',
    );
  });

  it('needs a port of its own, and says so', async () => {
    const { port } = await serving();
    const second = serveHttp(HttpOptions.parse({ port }), {
      ready: async () => {},
      metrics: async () => ({ type: '', text: '' }),
      warn: () => {},
    });

    await expect(second).rejects.toThrow(
      `Could not serve health and metrics at 127.0.0.1:${port}: another program waits there already.`,
    );
  });
});

describe('the numbers', () => {
  it('hold runs by outcome, their bytes and durations, the age of newest backups, and what waits', async () => {
    const { address, metrics } = await serving();
    metrics.ran(
      failedRun({
        startedAt: '2026-11-22T00:00:00.000Z',
        finishedAt: '2026-11-22T00:02:00.000Z',
        archive: {
          key: 'shop/2026-11-22-00-00-00.zip',
          sha256: '',
          sizeInBytes: 10,
          contentInBytes: 30,
          entries: 1,
        },
        destinations: [
          { outcome: 'stored', destination: 'disk', path: '/', sizeInBytes: 10, seconds: 1, compared: true },
          { outcome: 'failed', destination: 'far', reason: 'away', refused: false },
        ],
        outcome: 'partly',
      }),
    );
    metrics.called('slack', 'too-many');

    const lines = (await (await fetch(`${address}/metrics`)).text()).split('\n');

    expect(lines).toEqual(
      expect.arrayContaining([
        'holdfast_runs_total{app="shop",outcome="partly"} 1',
        'holdfast_runs_total{app="shop",outcome="failed"} 0',
        'holdfast_run_duration_seconds_bucket{le="60",app="shop"} 0',
        'holdfast_run_duration_seconds_bucket{le="300",app="shop"} 1',
        'holdfast_run_duration_seconds_sum{app="shop"} 120',
        'holdfast_read_bytes_total{app="shop"} 30',
        'holdfast_stored_bytes_total{app="shop",destination="disk"} 10',
        'holdfast_newest_backup_age_seconds{app="shop",destination="disk"} 3600',
        'holdfast_newest_backup_age_seconds{app="shop",destination="far"} +Inf',
        'holdfast_queue_up 1',
        'holdfast_queue_jobs{queue="runs.default",state="waiting"} 2',
        'holdfast_queue_jobs{queue="runs.default",state="running"} 1',
        'holdfast_chat_calls_total{platform="slack",outcome="too-many"} 1',
      ]),
    );
    expect(lines.some((line) => line.startsWith('nodejs_eventloop_lag_p99_seconds '))).toBe(true);
  });

  it('let the age of backups grow while the queue is away, and say that it is', async () => {
    let isAway = false;
    let now = new Date('2026-11-22T01:00:00Z');
    const orAway = async <T>(value: T) => (isAway ? Promise.reject(new Error('away')) : value);
    const metrics = openMetrics({
      apps: [],
      depths: () => orAway([{ queue: 'reports', waiting: 0, running: 0 }]),
      newest: () => orAway([{ app: 'shop', destination: 'disk', takenAt: new Date('2026-11-22T00:00:00Z') }]),
      now: () => now,
    });

    const before = (await metrics.text()).text;
    isAway = true;
    now = new Date('2026-11-22T02:00:00Z');
    const after = (await metrics.text()).text;

    expect(before).toContain('holdfast_queue_up 1');
    expect(after).toContain('holdfast_queue_up 0');
    expect(after).not.toContain('holdfast_queue_jobs{');
    expect(after).toContain('holdfast_newest_backup_age_seconds{app="shop",destination="disk"} 7200');
  });
});

/** As it is written, which `fetch` would tidy up. */
async function statusOf(port: number, method: string, target: string): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
  return Number((await text(socket)).split(' ')[1]);
}
