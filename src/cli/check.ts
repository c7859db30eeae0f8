import { checkApps } from '../../workers/check-apps.ts';
import { openApps } from '../../workers/open-apps.ts';
import { unheardFailures } from '../config/doubts/unheard-failures.ts';
import { doubtsAbout } from '../config/doubts.ts';
import { workerPart } from '../config/parts.ts';
import { readConfig } from '../config/read.ts';
import { redactor } from '../redact.ts';
import type { ExitCode } from './exit.ts';

interface Options {
  readonly config: string;
  readonly group?: string;
}

/** Reads the configuration, and with a group tries everything its worker would need. */
export async function check({ config: file, group }: Options): Promise<ExitCode> {
  const config = readConfig(file, process.env);
  if (group === undefined) {
    warnOf([...doubtsAbout(config), ...unheardFailures(config.value)]);
    process.stdout.write(
      `✔ ${file} is in order. To try what a worker needs: holdfast check --group <name>\n`,
    );
    return 0;
  }

  const part = workerPart(config, group);
  const redact = redactor(part.secrets);
  warnOf([...doubtsAbout(config, [part]), ...unheardFailures(config.value)].map(redact));
  let code: ExitCode = 0;
  for await (const { subject, note, problem } of checkApps(openApps(part), part.knownApps)) {
    process.stdout.write(redact(lineOf(subject, note, problem)));
    if (problem !== undefined) code = 1;
  }
  return code;
}

function warnOf(doubts: readonly string[]): void {
  for (const doubt of doubts) process.stdout.write(`! ${doubt}\n`);
}

function lineOf(subject: string, note: string | undefined, problem: string | undefined): string {
  if (problem !== undefined) return `✖ ${subject}: ${problem}\n`;
  return note === undefined ? `✔ ${subject}\n` : `✔ ${subject}. ${note}\n`;
}
