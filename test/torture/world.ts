import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type Ceph, startCeph } from '../support/services/ceph.ts';
import { type Mariadb, startOwnMariadb } from '../support/services/mariadb.ts';
import { startOwnRedis } from '../support/services/redis.ts';
import type { OwnServer } from '../support/services/service.ts';
import { type Bank, openBank } from './bank.ts';
import { type Chat, openChat } from './chat.ts';
import { makeFiles } from './files.ts';
import { type Kept, keptRunning } from './kept-running.ts';

/** An app, the product that backs it up, and everything both stand on: all of it real, and all of it to be broken. */
export interface World {
  readonly redis: OwnServer;
  readonly ceph: Ceph;
  readonly bucket: string;
  readonly proxy: FaultProxy;
  readonly mariadb: Mariadb;
  readonly bank: Bank;
  readonly chat: Chat;
  readonly bot: Kept;
  readonly workers: readonly Kept[];
  /** The folder of the local destination. */
  readonly disk: string;
  /** Whether it is a disk of its own, which can be filled up. */
  readonly diskIsSmall: boolean;
  /** Where the processes keep what they need for a moment. */
  readonly temporary: string;
  /** Runs that were not told before Redis lost its data, and may never be. */
  readonly forgotten: Set<string>;
  /** The queue, to look behind the product's back. */
  readonly queue: { readonly url: string; readonly prefix: string };
  end(): Promise<void>;
}

/** So many backups a clean leaves at each destination. */
export const keptByPolicy = 2;

const prefix = 'torture';

export async function makeWorld(folder: string): Promise<World> {
  const config = join(folder, 'holdfast.yml');
  const disk = join(folder, 'disk');
  const temporary = join(folder, 'tmp');
  await Promise.all([mkdir(disk), mkdir(temporary), makeFiles(join(folder, 'files'))]);
  const environment = { TMPDIR: temporary };
  const start = (role: 'bot' | 'worker') => keptRunning({ role, config, folder, environment });
  const starting = Promise.all([start('bot'), start('worker'), start('worker')]);

  const [redis, mariadb, ceph] = await Promise.all([startOwnRedis(), startOwnMariadb(), startCeph()]);
  const [proxy, bucket, bank, chat] = await Promise.all([
    startFaultProxy(ceph.endpoint),
    ceph.bucket(),
    openBank(mariadb),
    openChat(),
  ]);
  const diskIsSmall = await mountSmallDisk(disk);
  await writeFile(`${config}.new`, configuration());
  await rename(`${config}.new`, config);
  const [bot, ...workers] = await starting;

  function configuration(): string {
    const files = join(folder, 'files');
    const s3 = { driver: 's3', endpoint: proxy.url, bucket, credentials: ceph.keys, partSizeInMiB: 5 };
    // JSON is YAML, too.
    return JSON.stringify({
      queue: { url: redis.url, prefix },
      chat: { telegram: { token: chat.token, apiRoot: chat.root } },
      access: [{ allow: ['all'], who: [chat.person] }],
      destinations: { disk: { driver: 'local', path: disk }, offsite: s3 },
      apps: {
        shop: {
          files: { include: [files], relativeTo: files },
          databases: [{ driver: 'mysql', ...bank.place }],
          destinations: ['disk', 'offsite'],
          stallTimeout: 10,
          keep: { strategy: 'keepLast', keepLast: keptByPolicy },
        },
      },
    });
  }

  return {
    ...{ redis, mariadb, ceph, bucket, proxy, bank, chat, bot, workers, disk, diskIsSmall, temporary },
    forgotten: new Set(),
    queue: { url: redis.url, prefix },
    async end() {
      await Promise.all([bot, ...workers].map((kept) => kept.end()));
      await bank.close();
      await chat.close();
      if (diskIsSmall) await execa('umount', ['--lazy', disk]);
      await Promise.all([proxy.stop(), redis.stop(), mariadb.stop(), ceph.stop()]);
    },
  };
}

/** False where one may not: then it is a folder of the machine's disk, and is never full. */
async function mountSmallDisk(path: string): Promise<boolean> {
  const { exitCode } = await execa('mount', ['-t', 'tmpfs', '-o', 'size=192m', 'tmpfs', path], {
    reject: false,
  });
  return exitCode === 0;
}
