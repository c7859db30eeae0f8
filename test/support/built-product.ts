import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { RunReport } from '../../src/domain/report.ts';

export interface BuiltProduct {
  /** `holdfast`, as the package has it. */
  readonly program: string;
  /** `/backup run <app>` from a process of its own, as a bot would ask; gives the last report. */
  run(app: string, config: string): Promise<RunReport>;
  remove(): Promise<void>;
}

/** The product as people install it, plain JavaScript in a folder of its own: what is measured is not the compiler. */
export async function buildProduct(): Promise<BuiltProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-built-'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  // Types are checked elsewhere.
  await execa(process.execPath, [
    'node_modules/typescript/bin/tsc',
    ...['-p', 'tsconfig.build.json', '--noCheck', '--outDir', folder],
  ]);

  const program = join(folder, 'src/cli.js');
  return {
    program,
    run: (app, config) => run(app, program, config),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function run(app: string, program: string, config: string): Promise<RunReport> {
  const { stdout } = await execa(process.execPath, [
    ...[program, 'say', `/backup run ${app}`, '--json', '--config', config],
  ]);
  return RunReport.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
}
