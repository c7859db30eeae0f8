/** The command that unpacks an archive into a folder, in which it runs. */
export type Unpack = (archive: string, folder: string) => [string, ...string[]];

type Facts = Record<string, unknown>;

/** -K keeps setuid bits, -^ keeps control characters in names. */
export const unzip: Unpack = (archive, folder) => ['unzip', '-q', '-K', '-^', archive, '-d', folder];

export const unzipWithOwners: Unpack = (archive, folder) => ['unzip', '-q', '-X', archive, '-d', folder];

/** Programs that people unpack with, what of a file they bring back, how often to try, and what they know how to inflate. */
export const waysToUnpack: readonly (readonly [
  string,
  Unpack,
  (file: Facts) => Facts,
  number,
  readonly (number | 'zstd')[],
])[] = [
  ['unzip', unzip, (file) => file, 30, [6]],
  ['bsdtar', (archive) => ['bsdtar', '-xpf', archive], (file) => file, 15, [6, 'zstd']],
  ['7z', (archive, folder) => ['7z', 'x', '-y', `-o${folder}`, archive], withoutFacts, 15, [6, 'zstd']],
];

/** 7z of this age has its own ideas of modes and moments. */
function withoutFacts({ mode: _, modified: __, ...file }: Facts): Facts {
  return file;
}
