import { mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { consolePlatform, type Frame } from '../../chat/console.ts';
import { showOn } from '../../chat/terminal.ts';
import { botPart } from '../../config/parts.ts';
import { readConfig } from '../../config/read.ts';
import type { RunReport } from '../../domain/report.ts';
import type { ExitCode } from '../exit.ts';
import { openProduct } from '../product.ts';
import { everyWorker } from '../workers-here.ts';
import { openGuestbook } from './guestbook-database.ts';
import { makeGuestbookFiles } from './guestbook-files.ts';

/** The whole product on a small application of its own, in a temporary folder that is left for people to look at. */
export async function demo(): Promise<ExitCode> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'holdfast-demo-')));
  const files = await makeGuestbookFiles(join(folder, 'guestbook'));
  const guestbook = await openGuestbook(join(folder, 'guestbook', 'guestbook.sqlite'));
  tell(
    `A small application is in ${folder}/guestbook: ${files} files, and a database that people are writing to.`,
  );
  tell('Bot and worker start, on the embedded queue, with this console as the chat.');

  const stored = await backUp(await writeConfig(folder));
  const { written } = await guestbook.close();
  tell(`While that went on, ${written} entries were written into the guestbook.`);
  if (stored === undefined) return 1;

  tell(`The backup is a plain zip:\n  ${stored}`);
  tell(`Open it with\n  unzip -l ${stored}\n  unzip -q ${stored} -d ${folder}/restored`);
  return 0;
}

/** Asks what a person would ask, and gives the path of the archive; nothing when there is none. */
async function backUp(configFile: string): Promise<string | undefined> {
  const config = readConfig(configFile, process.env);
  const bot = botPart(config);
  const console = consolePlatform();
  const product = await openProduct({
    bot: { config: bot, platforms: () => [console] },
    workers: everyWorker(config),
    logLevel: 'warn',
  });
  try {
    const show = showOn(process.stdout, bot.timezone, { progress: 'always' });
    const reports: Frame['message']['report'][] = [];
    const session = console.open({ id: 'console:you', groups: [] }, (frame) => {
      reports.push(frame.message.report);
      show(frame);
    });
    for (const words of ['/backup run guestbook', '/backup list', '/backup status']) {
      process.stdout.write(`\n> ${words}\n`);
      await session.say(words);
    }
    return pathOf(reports.find((report) => report?.kind === 'run'));
  } finally {
    await product.close();
  }
}

function pathOf(run: RunReport | undefined): string | undefined {
  const [first] = run?.destinations ?? [];
  return first?.outcome === 'stored' ? first.path : undefined;
}

async function writeConfig(folder: string): Promise<string> {
  const guestbook = join(folder, 'guestbook');
  const path = join(folder, 'holdfast.yml');
  const config = {
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    queue: { folder: join(folder, '.holdfast') },
    destinations: { disk: { driver: 'local', path: join(folder, 'backups') } },
    apps: {
      guestbook: {
        files: { include: [guestbook], exclude: ['guestbook.sqlite*', 'cache'], relativeTo: guestbook },
        databases: [{ driver: 'sqlite', path: join(guestbook, 'guestbook.sqlite') }],
        destinations: ['disk'],
      },
    },
  };
  await writeFile(path, stringify(config), { mode: 0o600 });
  return path;
}

function tell(sentence: string): void {
  process.stdout.write(`\n${sentence}\n`);
}
