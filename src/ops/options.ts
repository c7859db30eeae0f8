import { z } from 'zod';
import { Port } from '../domain/port.ts';
import { strict } from '../domain/strict.ts';

const loopback = /^(localhost|::1|127(\.\d{1,3}){3})$/;

/** Where a process tells machines how it is: `/healthz`, `/readyz` and `/metrics`. */
export const HttpOptions = strict({
  port: Port.describe('The port to wait at. Each process on a machine needs one of its own.'),
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('The address to wait at. Left out: only this machine reaches it.'),
  token: z
    .string()
    .min(16, 'Expected at least 16 characters, such as `openssl rand -hex 24` prints.')
    .optional()
    .describe('What whoever asks for /metrics has to send, as a bearer token. Needed with another host.'),
}).refine(({ host, token }) => token !== undefined || loopback.test(host), {
  path: ['host'],
  error: 'Others reach this address, and could read the metrics: add a "token", or leave "host" out.',
});
export type HttpOptions = z.infer<typeof HttpOptions>;
