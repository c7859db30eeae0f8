import { slackManifest } from '../chat/slack/manifest.ts';
import type { ExitCode } from './exit.ts';

interface Options {
  /** Where Slack sends its requests; left out for Socket Mode. */
  readonly url?: string;
}

/** Prints what the Slack app is created from. */
export async function printSlackManifest({ url }: Options): Promise<ExitCode> {
  if (url !== undefined && !isHttps(url)) {
    process.stderr.write(
      `"${url}" is no address that Slack takes: give one such as https://example.org/slack/events.\n`,
    );
    return 2;
  }
  process.stdout.write(slackManifest(url));
  return 0;
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}
