import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Daemon, type Launched, launch } from './launch.ts';
import { freePort } from './port.ts';
import type { Place } from './service.ts';

/** Runs one of Ceph's programs on the cluster, and gives what it prints. */
export type Run = (program: string, ...words: string[]) => Promise<string>;

/**
 * The smallest Ceph there is: one monitor, one disk, which is memory, and in front of them the object gateway on `place.port`.
 * https://docs.ceph.com/en/pacific/install/manual-deployment/
 */
export async function startCluster(
  place: Place,
): Promise<{ readonly run: Run; readonly gateway: Launched; readonly disks: readonly Launched[] }> {
  const cluster = randomUUID();
  const monitor = `[v2:127.0.0.1:${await freePort()},v1:127.0.0.1:${await freePort()}]`;
  await writeFile(join(place.folder, 'ceph.conf'), configuration(place, cluster, monitor));
  const run: Run = async (program, ...words) => {
    const { stdout } = await execa(
      place.programs(program),
      ['-c', join(place.folder, 'ceph.conf'), ...words],
      {
        ...place.user,
        cwd: place.folder,
      },
    );
    return stdout;
  };

  await execa('mkdir', ['mon', 'osd'], { ...place.user, cwd: place.folder });
  await makeMonitor(run, cluster, monitor);
  const mon = await launch(monitorDaemon, place);
  await makeDisk(run);
  const osd = await launch(diskDaemon, place);
  return { run, gateway: await startGateway(place), disks: [osd, mon] };
}

/** What speaks S3; the data is behind it. */
export function startGateway(place: Place): Promise<Launched> {
  return launch(gatewayDaemon, place);
}

function configuration({ folder, port }: Place, cluster: string, monitor: string): string {
  return `[global]
fsid = ${cluster}
mon initial members = a
mon host = ${monitor}
public network = 127.0.0.0/8
keyring = ${folder}/keyring
mon data = ${folder}/mon
osd data = ${folder}/osd
run dir = ${folder}
admin socket = ${folder}/$name.$pid.asok
osd objectstore = memstore
memstore device bytes = 17179869184
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
mon data avail warn = 1
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw crypt require ssl = false
`;
}

async function makeMonitor(run: Run, cluster: string, monitor: string): Promise<void> {
  const all = ['--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *', '--cap', 'mgr', 'allow *'];
  await run('ceph-authtool', '-C', 'keyring', '--gen-key', '-n', 'mon.', '--cap', 'mon', 'allow *');
  await run('ceph-authtool', 'keyring', '--gen-key', '-n', 'client.admin', ...all);
  await run('ceph-authtool', 'keyring', '--gen-key', '-n', 'osd.0', ...all);
  await run('monmaptool', '--create', '--fsid', cluster, '--addv', 'a', monitor, 'monmap');
  await run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', 'monmap', '--keyring', 'keyring');
}

async function makeDisk(run: Run): Promise<void> {
  const disk = randomUUID();
  await run('ceph', 'osd', 'new', disk);
  await run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', disk);
}

const onCluster = (...words: string[]) => {
  return ({ folder }: Place) => ['-c', join(folder, 'ceph.conf'), '-d', ...words];
};

const monitorDaemon: Daemon = {
  programs: ['ceph-mon'],
  arguments: onCluster('-i', 'a'),
  ready: /is new leader, mons a in quorum/,
  stopSignal: 'SIGTERM',
};

const diskDaemon: Daemon = {
  programs: ['ceph-osd'],
  arguments: onCluster('-i', '0'),
  ready: /booting -> active/,
  stopSignal: 'SIGTERM',
};

const gatewayDaemon: Daemon = {
  programs: ['radosgw'],
  arguments: onCluster('-n', 'client.admin'),
  ready: /starting handler: beast/,
  stopSignal: 'SIGTERM',
};
