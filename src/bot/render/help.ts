import type { Line, Message } from '../../chat/message.ts';
import { Verb } from '../../domain/command.ts';
import type { ReportOf } from '../../domain/report.ts';
import { humanList } from '../../domain/units.ts';

interface Words {
  readonly usage: string;
  readonly does: string;
  readonly more: readonly string[];
}

const words: Record<Verb, Words> = {
  run: {
    usage: 'run <app> [--only-db | --only-files] [--to <destination>]…',
    does: 'backs an app up now',
    more: [
      '--only-db takes the databases alone, --only-files the files alone; each is a series of its own.',
      '--to names one of the app’s destinations and may be given several times; without it the archive goes to all of them.',
      'While a run of the app is unfinished no second one is started.',
    ],
  },
  list: {
    usage: 'list [app]',
    does: 'what is stored where; with an app, each of its backups',
    more: ['Read from the destinations themselves, so it shows what is really there. Also: ls.'],
  },
  clean: {
    usage: 'clean <app> [--at <destination>]… [--dry-run]',
    does: 'removes old backups by the policy of the app, once you have seen which and confirmed it',
    more: [
      'It shows what goes and what stays, each with its reason, and waits for your word on exactly that.',
      '--at looks at some of the app’s destinations only; --dry-run only shows, and asks for nothing.',
      'The newest backup of each kind is never removed, nor is one that is being read, nor anything whose name is not ours.',
      'On the console, --yes does it at once.',
    ],
  },
  verify: {
    usage: 'verify <app> [--at <destination>]… [--all | --due]',
    does: 'reads the newest backup of each kind back, all of it, and says whether it is still what was stored',
    more: [
      'Size and SHA-256 checksum are compared with the manifest, at each destination. Nothing is changed or removed.',
      '--at reads at some of the app’s destinations only; --all reads every backup there is.',
      '--due reads what the schedule would: the newest, and a share of those that were left unread for longest.',
      'What was found last is shown by list, monitor and the digest.',
      'It may take long; runs, cleans and lists do not wait for it, and cancel ends it.',
    ],
  },
  monitor: {
    usage: 'monitor [app]',
    does: 'looks at the destinations now, and says what is wrong with the backups there',
    more: [
      'Too old, missed, too large or too small, damaged when it was verified, without a manifest, a full disk, a place that cannot be reached.',
      'It is done by schedule as well, and channels hear of what is wrong: "health" and "recoveries" in holdfast.yml.',
    ],
  },
  schedule: {
    usage: 'schedule [pause <app> [time] | resume <app>]',
    does: 'what is due when; pause holds the schedule of an app, for so long or until resume',
    more: ['A time is such as 30min, 2h, 3d or 1w. What is due meanwhile is not made up for.'],
  },
  mute: {
    usage: 'mute <app> [time] [reason]',
    does: 'tells no alerts about an app for a while: an hour, or the time that is named',
    more: ['A time is such as 30min, 2h, 3d or 1w. What is still wrong afterwards is told then.'],
  },
  unmute: { usage: 'unmute <app>', does: 'tells alerts about an app again', more: [] },
  digest: {
    usage: 'digest',
    does: 'everything at a glance: what happened since the last digest, what is not well, and a picture of 30 days',
    more: [
      'Looks at every destination of all your apps. A channel gets one by itself where "digests" in holdfast.yml says so.',
    ],
  },
  status: {
    usage: 'status [run]',
    does: 'what runs and waits, how the last runs ended, which workers are alive; with a run, all about it',
    more: [
      'A run is named by its id, such as r_4k2m9xw7, or by its app. It is known for 30 days after its end. Also: ps.',
    ],
  },
  cancel: {
    usage: 'cancel <run>',
    does: 'ends a run that waits or goes on, and leaves nothing of it anywhere',
    more: [
      'A run is named by its id, such as r_4k2m9xw7, or by its app.',
      'A clean, such as c_8ugeapij, stops between two backups; what it had not removed yet stays; a verification, such as v_6tmqb2xe, ends at once.',
    ],
  },
  retry: {
    usage: 'retry <run>',
    does: 'asks once more for what a run was asked for',
    more: [
      'A run is named by its id, such as r_4k2m9xw7, or by its app, whose last one it is then; within 30 days.',
      'Whoever may run an app may retry its runs.',
    ],
  },
  link: {
    usage: 'link [code]',
    does: 'makes your accounts on two platforms one person, with the rights of both',
    more: [
      'In private: it gives a code that you say on the other platform within ten minutes, with link <code>, and confirm on both.',
      'link --remove parts them again.',
    ],
  },
  help: { usage: 'help [command]', does: 'this, or more about one command', more: [] },
  whoami: { usage: 'whoami', does: 'who you are here and what you may do', more: [] },
};

/** Every command with what it does, for menus of the chat platforms. */
export function commandMenu(): { verb: Verb; does: string }[] {
  return Verb.options.map((verb) => ({ verb, does: words[verb].does }));
}

/** Only what the asker may use; with the name of a real app, so that a line can be typed as it stands. */
export function renderHelp({ topic, verbs, apps }: ReportOf<'help'>): Message {
  if (topic !== undefined) {
    const { usage, does, more } = words[topic];
    return {
      tone: 'plain',
      title: [{ code: usage }],
      blocks: [{ kind: 'lines', lines: [[does], ...more.map((line) => [line])] }],
    };
  }

  const example = apps[0];
  const lines: Line[] = verbs.map((verb) => [{ code: words[verb].usage }, `: ${words[verb].does}`]);
  return {
    tone: 'plain',
    title: ['What you can ask for'],
    blocks: [
      { kind: 'lines', lines },
      {
        kind: 'lines',
        lines: [
          ...(example === undefined ? [] : [[`For example: run ${example}. Your apps: ${humanList(apps)}.`]]),
        ],
      },
    ],
  };
}

export function renderWhoami({ who, where, verbs }: ReportOf<'whoami'>): Message {
  const also: Line[] = (who.also ?? []).map((id) => ['also ', { code: id }]);
  const lines = alike(verbs).map(
    ({ verbs, apps }): Line => [{ code: verbs.join(' ') }, apps.length > 0 ? `: ${humanList(apps)}` : ''],
  );
  return {
    tone: 'plain',
    title: ['You are ', { code: who.id }, ', here in ', { code: where }],
    blocks: [
      {
        kind: 'lines',
        lines:
          lines.length > 0
            ? [...also, ...lines]
            : [['You may do nothing here yet; the operator can add your id to "access" in holdfast.yml.']],
      },
    ],
  };
}

/** Verbs for the same apps together: with many apps, each list is long. */
function alike(allowed: ReportOf<'whoami'>['verbs']): { verbs: string[]; apps: readonly string[] }[] {
  const byApps = new Map<string, { verbs: string[]; apps: readonly string[] }>();
  for (const { verb, apps } of allowed) {
    const known = byApps.get(apps.join(' '));
    if (known === undefined) byApps.set(apps.join(' '), { verbs: [verb], apps });
    else known.verbs.push(verb);
  }
  return [...byApps.values()];
}
