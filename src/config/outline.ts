import { z } from 'zod';

const AppOutline = z
  .object({
    runsOn: z.string().catch('default'),
    destinations: z.array(z.string()).catch([]),
    databases: z.array(z.unknown()).catch([]),
    keepAt: z.record(z.string(), z.unknown()).catch({}),
  })
  .catch({ runsOn: 'default', destinations: [], databases: [], keepAt: {} });

/** Who runs where and is stored where: enough to hold names against each other, however much else is wrong with the file. */
export const Outline = z
  .object({
    destinations: z.record(z.string(), z.unknown()).catch({}),
    apps: z.record(z.string(), AppOutline).catch({}),
  })
  .catch({ destinations: {}, apps: {} });
export type Outline = z.infer<typeof Outline>;
