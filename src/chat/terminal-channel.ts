import { randomUUID } from 'node:crypto';
import type { Frame } from './console.ts';
import type { Platform } from './platform.ts';

/**
 * What `channels` sends to `console:ops`: it is shown on the terminal of the process, or in what its output goes to. Nobody speaks
 * there, so any process that has it can show what waits.
 */
export function terminalChannel(show: (frame: Frame) => void): Platform {
  return {
    name: 'console',
    async start() {},
    async post(to, message) {
      const id = randomUUID();
      show({ shows: 'new', id, message });
      return { to, id };
    },
    async edit({ id }, message) {
      show({ shows: 'changed', id, message });
      return true;
    },
    async close() {},
  };
}
