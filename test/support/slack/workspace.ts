import { EventEmitter, on } from 'node:events';

/** Somebody of the workspace, or of another one that shares a channel with it. */
export interface Member {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly is?: 'guest' | 'bot';
}

export interface Form {
  readonly text: string;
  readonly blocks: readonly Record<string, unknown>[];
  /** By the clock of the machine, in milliseconds. */
  readonly at: number;
}

/** A message as it stands, with every form it had. */
export interface SlackMessage extends Form {
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string;
  /** Only this person sees it. */
  readonly onlyFor?: string;
  readonly forms: readonly Form[];
}

export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly alt: string | undefined;
  readonly bytes: Buffer;
  readonly channel?: string;
  readonly thread?: string;
}

export interface View {
  readonly id: string;
  readonly person: string;
  readonly view: Record<string, unknown>;
}

/** Who and what is in the workspace T1, and everything that was posted. */
export interface Workspace {
  readonly members: Map<string, Member>;
  /** Channels by id, with who is in them. The bot is `UBOT`. */
  readonly channels: Map<string, Set<string>>;
  readonly groups: Map<string, readonly string[]>;
  /** Groups that an administrator has switched off; their people stay in them. */
  readonly disabledGroups: Set<string>;
  /** What takes no posts, and Slack's word for why: a channel `C1`, or a thread `C1 17.000001`. */
  readonly closed: Map<string, string>;
  readonly messages: Map<string, SlackMessage>;
  readonly files: Map<string, UploadedFile>;
  readonly modals: Map<string, View>;
  readonly homes: Map<string, View>;
  /** A new name for a message, as Slack makes them: seconds, and a number. */
  nextTs(): string;
  changed(): void;
  /** The first thing `look` finds, now or after any later change. */
  see<Found>(look: () => Found | undefined): Promise<Found>;
}

export const botUser = 'UBOT';

const members: readonly Member[] = [
  { id: 'U1', team: 'T1', name: 'ann' },
  { id: 'U2', team: 'T1', name: 'bob' },
  { id: 'U3', team: 'T1', name: 'gus', is: 'guest' },
  { id: 'U4', team: 'T1', name: 'robot', is: 'bot' },
  { id: 'U9', team: 'T9', name: 'zoe' },
  { id: botUser, team: 'T1', name: 'holdfast', is: 'bot' },
];

export function workspace(): Workspace {
  const events = new EventEmitter().setMaxListeners(0);
  const everybody = members.map(({ id }) => id);
  let last = 0;

  return {
    members: new Map(members.map((member) => [member.id, member])),
    channels: new Map([
      ['C1', new Set(everybody)],
      ['C2', new Set(everybody)],
      ['C3', new Set(everybody.filter((id) => id !== botUser))],
      // A conversation of two people, which nobody else sees.
      ['D9', new Set(['U1', 'U2'])],
      ...everybody.map((id) => [`D${id}`, new Set([id, botUser])] as const),
    ]),
    groups: new Map([['S1', ['U2', 'U3', 'U9']]]),
    disabledGroups: new Set(),
    closed: new Map(),
    messages: new Map(),
    files: new Map(),
    modals: new Map(),
    homes: new Map(),
    nextTs() {
      last += 1;
      return `${Math.floor(Date.now() / 1000)}.${String(last).padStart(6, '0')}`;
    },
    changed: () => void events.emit('changed'),
    async see(look) {
      const changes = on(events, 'changed');
      const before = look();
      if (before !== undefined) return before;
      for await (const _ of changes) {
        const found = look();
        if (found !== undefined) return found;
      }
      throw new Error('A workspace is never at its end.');
    },
  };
}
