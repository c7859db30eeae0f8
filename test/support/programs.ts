import { findOrInstall, type Programs } from './services/install.ts';

/** What people open a zip with. Installs what is missing where that is possible. */
export async function zipPrograms(): Promise<Programs> {
  const found = new Map<string, Programs>();
  for (const [program, name] of packages) {
    found.set(program, await findOrInstall({ programs: [program], package: name }));
  }
  return (program) => found.get(program)?.(program) ?? program;
}

/** Programs and the Debian packages they are in. */
const packages = [
  ['unzip', 'unzip'],
  ['7z', 'p7zip-full'],
  ['bsdtar', 'libarchive-tools'],
  ['python3', 'python3'],
  ['java', 'default-jdk-headless'],
  ['zipcmp', 'zipcmp'],
  ['busybox', 'busybox'],
] as const;
