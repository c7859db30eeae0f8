import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Duration = z.string().regex(/^\d+[smh]$/);

const HealthCheck = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
  interval: Duration,
  timeout: Duration,
  start_period: Duration.optional(),
});

const Service = z.strictObject({
  image: z.string(),
  build: z.string().optional(),
  profiles: z.array(z.string()).default(['always']),
  command: z.array(z.string()).default([]),
  init: z.boolean().optional(),
  user: z.string().optional(),
  read_only: z.boolean(),
  tmpfs: z.array(z.string()).default([]),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  restart: z.enum(['unless-stopped']).optional(),
  stop_grace_period: Duration.optional(),
  healthcheck: HealthCheck,
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).default({}),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  volumes: z.array(z.string()).default([]),
});
export type Service = z.infer<typeof Service>;

/** As much of the Compose specification as we use, and not a key more: a published port is refused here. https://compose-spec.io */
const ComposeFile = z.strictObject({
  name: z.string(),
  'x-holdfast': z.unknown(),
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), z.strictObject({})),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});

export function readComposeFile() {
  return ComposeFile.parse(parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }));
}
