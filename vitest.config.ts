import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** `unit` needs nothing but Node and runs in seconds; `services` talks to real servers that the tests start. */
export default defineConfig({
  test: {
    maxWorkers: Math.max(2, availableParallelism() - 1), // Tests of services mostly wait for them.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.service.test.ts'],
          testTimeout: 60_000, // For what hangs; a busy machine is no failure.
        },
      },
      {
        test: {
          name: 'services',
          include: ['test/**/*.service.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
