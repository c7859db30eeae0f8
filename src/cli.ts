#!/usr/bin/env node
import { Command } from 'commander';
import { exitWith } from './cli/exit.ts';

// ioredis writes down all it sends when DEBUG asks for it, and the password is in that.
if (process.env.DEBUG !== undefined) process.env.DEBUG += ',-ioredis:*';

// Each command is loaded when it is asked for: all that a bot and a worker are made of takes seconds to load on a small machine.
const start = () => import('./cli/start.ts');

const program = new Command('holdfast')
  .description('Backups by chat. Every option is explained in holdfast.example.yml.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--config <file>', 'the configuration', 'holdfast.yml');
}

const aliveFile = [
  '--alive-file <file>',
  'written every ten seconds while it lives and the queue answers, for health checks',
] as const;

command('start', 'bot and worker in one process, until it is stopped')
  .option(
    '--group <name>',
    'whose jobs the worker does (default: "default"; on the embedded queue those of all)',
  )
  .action((options) => exitWith(async () => (await start()).startBoth(options)));

command('bot', 'the bot alone: takes commands, tells results')
  .option(...aliveFile)
  .action((options) => exitWith(async () => (await start()).startBot(options)));

command('worker', 'a worker alone: does the jobs of one group on the machine that holds the data')
  .option('--group <name>', 'whose jobs it does', 'default')
  .option(...aliveFile)
  .action((options) => exitWith(async () => (await start()).startWorker(options)));

command(
  'say',
  "says words as a chat would, waits for the answer and prints it: holdfast say '/backup run shop'",
)
  .argument('<words...>', 'what to say')
  .option('--as <person>', 'who says it', `console:${process.env.USER ?? 'me'}`)
  .option('--json', 'each report as one line of JSON')
  .option('--picture <file>', 'where to write the picture of a digest, a PNG')
  .action((words: string[], options) =>
    exitWith(async () => (await import('./cli/say.ts')).say(words.join(' '), options)),
  );

command('check', 'reads the configuration and says everything that is wrong with it')
  .option(
    '--group <name>',
    'also whether the worker of this group reaches its databases, folders and destinations',
  )
  .action((options) => exitWith(async () => (await import('./cli/check.ts')).check(options)));

program
  .command('plan')
  .description('tries a retention policy out: holdfast plan < request.json')
  .action(() => exitWith(async () => (await import('./cli/plan.ts')).plan()));

program
  .command('schema')
  .description('prints the JSON Schema of the configuration, for editors')
  .action(() => exitWith(async () => (await import('./cli/schema.ts')).schema()));

program
  .command('slack')
  .description('what Slack needs to know')
  .command('manifest')
  .description('prints what to create the Slack app from, with each scope and why it is needed')
  .option('--url <address>', 'where Slack sends its requests (default: nowhere, as in Socket Mode)')
  .action((options) => exitWith(async () => (await import('./cli/slack.ts')).printSlackManifest(options)));

program
  .command('telegram')
  .description('what Telegram needs to know')
  .command('setup')
  .description('says how to make the bot, and what Telegram says of the one in the configuration')
  .option('--config <file>', 'the configuration', 'holdfast.yml')
  .action((options) => exitWith(async () => (await import('./cli/telegram.ts')).telegramSetup(options)));

program
  .command('demo')
  .description('makes a small application in a temporary folder and backs it up, to look at')
  .action(() => exitWith(async () => (await import('./cli/demo/demo.ts')).demo()));

await program.parseAsync();
