import { type Checked, checkApps } from '../../workers/check-apps.ts';
import { openApps } from '../../workers/open-apps.ts';
import { unheardFailures, whoHearsFailures } from '../config/doubts/unheard-failures.ts';
import { unsetVariables } from '../config/doubts/unset-variables.ts';
import { doubtsAbout } from '../config/doubts.ts';
import { type WorkerPart, workerPart } from '../config/parts.ts';
import { type ConfigFile, readConfig } from '../config/read.ts';
import { humanList } from '../domain/units.ts';
import { redactor } from '../redact.ts';
import { isEmbedded } from '../store/options.ts';
import { checkQueue } from './check-queue.ts';
import type { ExitCode } from './exit.ts';

interface Options {
  readonly config: string;
  readonly group?: string;
}

/** Reads the configuration, and with a group tries everything its worker would need. */
export async function check({ config: file, group }: Options): Promise<ExitCode> {
  const config = readConfig(file, process.env);
  if (group === undefined) {
    warnOf(everyDoubt(config));
    sayWhoHears(config);
    process.stdout.write(
      `✔ ${file} is in order. To try what a worker needs: holdfast check --group <name>\n`,
    );
    return 0;
  }

  const part = workerPart(config, group);
  const redact = redactor(part.secrets);
  warnOf(everyDoubt(config, [part]).map(redact));
  sayWhoHears(config);
  let code: ExitCode = 0;
  for await (const { subject, note, problem } of everything(part, group)) {
    process.stdout.write(redact(lineOf(subject, note, problem)));
    if (problem !== undefined) code = 1;
  }
  return code;
}

async function* everything(part: WorkerPart, group: string): AsyncGenerator<Checked> {
  // The embedded one is this machine's, and may be in use by the Holdfast that is running.
  if (!isEmbedded(part.queue)) yield await checkQueue(part.queue, group);
  yield* checkApps(openApps(part), part.knownApps);
}

function everyDoubt(config: ConfigFile, parts?: readonly WorkerPart[]): string[] {
  return [
    ...doubtsAbout(config, parts),
    ...unsetVariables(config.value, config.env),
    ...unheardFailures(config.value),
  ];
}

function sayWhoHears({ value }: ConfigFile): void {
  const channels = whoHearsFailures(value);
  if (channels.length > 0) process.stdout.write(`✔ failures are sent to ${humanList(channels)}\n`);
}

function warnOf(doubts: readonly string[]): void {
  for (const doubt of doubts) process.stdout.write(`! ${doubt}\n`);
}

function lineOf(subject: string, note: string | undefined, problem: string | undefined): string {
  if (problem !== undefined) return `✖ ${subject}: ${problem}\n`;
  return note === undefined ? `✔ ${subject}\n` : `✔ ${subject}. ${note}\n`;
}
