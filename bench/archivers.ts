import { hasZstd } from '../src/archive/zip/has-zstd.ts';
import type { Contestant } from './contestant.ts';

/** All who put the files of `$FOLDER` into `$OUT`. */
export function archivers(): Contestant[] {
  return [...ours, ...zips, ...others, ...floors];
}

const ours: Contestant[] = [
  { name: 'Holdfast', script: 'LEVEL=5 node "$BENCH/zip.mjs"' },
  { name: 'Holdfast, level 6', script: 'LEVEL=6 node "$BENCH/zip.mjs"' },
  ...(hasZstd ? [{ name: 'Holdfast, zstd', script: 'LEVEL=zstd node "$BENCH/zip.mjs"' }] : []),
];

const zips: Contestant[] = [
  { name: 'zip -r', needs: ['zip', '--version'], script: 'cd "$FOLDER" && zip -q -r "$OUT" .' },
  { name: 'archiver', script: 'node "$BENCH/archiver.mjs"' },
  { name: 'PHP ZipArchive', needs: ['php', '--version'], script: 'php "$BENCH/zip.php"' },
  { name: '7z -tzip', needs: ['7z', '--help'], script: 'cd "$FOLDER" && 7z a -tzip -bso0 -bsp0 "$OUT" .' },
];

const others: Contestant[] = [
  { name: 'tar | pigz', needs: ['pigz', '--version'], script: 'tar -C "$FOLDER" -cf - . | pigz > "$OUT"' },
  {
    name: 'restic, first backup',
    needs: ['restic', 'version'],
    prepare: 'restic init -q -r "$OUT"',
    script: 'cd "$FOLDER" && restic backup -q --no-cache -r "$OUT" .',
  },
  {
    name: 'borg, first backup',
    needs: ['borg', '--version'],
    prepare: 'borg init -e none "$OUT"',
    script: 'cd "$FOLDER" && borg create --compression zlib,6 "$OUT::first" .',
  },
];

const floors: Contestant[] = [
  { name: 'floor: copying', script: 'cp -r "$FOLDER" "$OUT"' },
  { name: 'floor: reading and hashing', script: 'node "$BENCH/floor.mjs" read', tellsSeconds: true },
  ...[5, 6].map((level) => ({
    name: `floor: deflating on all cores, level ${level}`,
    script: `LEVEL=${level} node "$BENCH/floor.mjs" deflate`,
    tellsSeconds: true,
  })),
];
