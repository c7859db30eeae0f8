import { type OwnServer, type Recipe, type Service, startOwnServer, startService } from './service.ts';

/** A Redis for this test file: `TEST_REDIS_URL`, else a private one. Others may use it too, so take a prefix of your own. */
export function startRedis(): Promise<Service> {
  return startService(recipe);
}

/** A Redis that nobody else uses, with a password, which can be paused and resumed. `settings` are its arguments. */
export function startOwnRedis(...settings: string[]): Promise<OwnServer> {
  return startOwnServer({
    ...recipe,
    arguments: (place) => [...recipe.arguments(place), '--requirepass', password, ...settings],
    url: ({ port }) => `redis://:${password}@127.0.0.1:${port}`,
  });
}

const password = 'redis-test-password';

const recipe: Recipe = {
  variable: 'TEST_REDIS_URL',
  programs: ['redis-server'],
  package: 'redis-server',
  arguments: ({ folder, port }) => [
    ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
    ...['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'],
  ],
  url: ({ port }) => `redis://127.0.0.1:${port}`,
  ready: /Ready to accept connections/,
  stopSignal: 'SIGTERM',
};
