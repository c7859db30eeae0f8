import { fileURLToPath } from 'node:url';
import { hasZstd } from '../src/archive/zip/has-zstd.ts';
import type { Ceph } from '../test/support/services/ceph.ts';
import type { Contestant } from './contestant.ts';

/** A run of Holdfast, from the command to its answer, and the script that people write instead. */
export function wholeRun(ceph: Ceph, bucket: string): Contestant[] {
  const { accessKeyId, secretAccessKey } = ceph.keys;
  const login = `access_key_id=${accessKeyId},secret_access_key=${secretAccessKey}`;
  const remote = `:s3,provider=Ceph,endpoint='${ceph.endpoint}',${login}:${bucket}/script.zip`;
  return [
    { name: '/backup run', script: run('shop') },
    ...(hasZstd ? [{ name: '/backup run, zstd', script: run('shop-zstd') }] : []),
    {
      name: 'mariadb-dump, zip and rclone',
      needs: ['rclone', 'version'],
      // The version of Debian 12 fails when the environment names a bundle of certificates.
      script: `unset AWS_CA_BUNDLE; export RCLONE_CONFIG=/dev/null; bash "${script}" "${remote}"`,
    },
  ];
}

const script = fileURLToPath(new URL('./programs/backup.sh', import.meta.url));

function run(app: string): string {
  return `node "$HOLDFAST/src/cli.js" say '/backup run ${app}' --config "$CONFIG" > /dev/null`;
}
