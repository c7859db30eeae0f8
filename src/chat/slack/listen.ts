import type { webApi } from '@slack/bolt';
import type { Message } from '../message.ts';
import type { Answer, Say } from '../platform.ts';
import type { ChatTools } from '../tools.ts';
import type { Listeners } from './bolt.ts';
import { explain, refusalOf } from './explain.ts';
import { type Heard, homeThread } from './heard.ts';
import type { People } from './people.ts';
import type { Confirming, Origin } from './pressed.ts';
import { confirmView } from './render/views.ts';
import type { ResponseUrls } from './response-urls.ts';

interface ListenTools extends Pick<ChatTools, 'notes' | 'log'> {
  readonly web: webApi.WebClient;
  readonly people: People;
  readonly responseUrls: ResponseUrls;
  readonly answer: Answer;
  readonly say: Say;
}

export interface Listening extends Listeners {
  /** Resolves once everything that was heard has been answered. */
  finish(): Promise<void>;
}

/** Longer than a signed request can be sent again, and than {@link tooLateSeconds}. */
const claimedForSeconds = 15 * 60;
/** Slack delivers again what nobody took, for hours; who asked then has long done something else. */
const tooLateSeconds = 10 * 60;

/** Finds out who speaks, sees to it that each request acts once, and has it answered. */
export function openListening(tools: ListenTools): Listening {
  const inHand = new Set<Promise<void>>();

  function begin(work: Promise<void>): void {
    const watched = work.catch((thrown) => tools.log.error(explain('answer in Slack', thrown).message));
    inHand.add(watched);
    void watched.finally(() => inHand.delete(watched));
  }

  return {
    hear: (heard) => begin(answerOnce(heard, tools)),
    askToType: (pressed) => begin(openModal(pressed, tools)),
    byApp: (heard) => begin(refuseApp(heard, tools)),
    unknownButton: (pressed) => begin(tell(pressed, outdated, tools)),
    async finish() {
      await Promise.all(inHand);
    },
  };
}

async function answerOnce(heard: Heard, tools: ListenTools): Promise<void> {
  const { id, user, words, where, responseUrl } = heard;
  if (responseUrl !== undefined) tools.responseUrls.keep(user, where, responseUrl);

  try {
    if (!(await tools.notes.claim(`slack.heard.${id}`, true, claimedForSeconds))) return;
    if (isTooLate(heard)) await tell(heard, tooLate(words), tools);
    else await answer(heard, tools);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    tools.log.error(`"${words}" of ${user} could not be answered: ${reason}`);
    await tell(heard, trouble(words, reason), tools);
  }
}

function isTooLate({ saidAt }: Heard): boolean {
  return saidAt !== undefined && Date.now() / 1000 - saidAt > tooLateSeconds;
}

async function answer(heard: Heard, tools: ListenTools): Promise<void> {
  const { user, words, where, pressedOn, atHome } = heard;
  const member = await tools.people.who(user);
  const asked = { words, ...member, where, private: isPrivate(heard) };
  await tools.answer({ ...asked, ...(pressedOn !== undefined && { pressedOn }) });
  if (atHome) await tools.answer({ words: 'status', ...member, where: { ...where, thread: homeThread } });
}

/** What answers a command is shown to its asker alone; a conversation of two has a D in front. */
function isPrivate({ where, responseUrl }: Heard): boolean {
  return responseUrl !== undefined || where.place.startsWith('D');
}

/** Slack gives three seconds to open it, so nothing is looked up before: whoever submits it is judged then. */
async function openModal(pressed: Confirming, tools: ListenTools): Promise<void> {
  const { where, confirm, pressedOn, user, responseUrl } = pressed;
  if (responseUrl !== undefined) tools.responseUrls.keep(user, where, responseUrl);
  const origin: Origin = {
    ...{ where, words: confirm.words, typed: confirm.typed },
    ...(pressedOn !== undefined && { message: pressedOn.id }),
  };
  try {
    await tools.web.views.open({
      trigger_id: pressed.id,
      view: confirmView(confirm, JSON.stringify(origin)),
    });
  } catch (thrown) {
    if (refusalOf(thrown) === 'exchanged_trigger_id') return; // Delivered twice; the first opened it.
    tools.log.warn(explain('open a question', thrown).message);
    await tell(pressed, tooSlow, tools);
  }
}

/** Only the person in whose name it is sees the answer, so that no two apps talk to each other for ever. */
async function refuseApp(heard: Heard, tools: ListenTools): Promise<void> {
  tools.log.warn(`An app said "${heard.words}" in the name of ${heard.user} in Slack. Nothing was done.`);
  await tell(heard, byApp, tools);
}

async function tell({ user, where }: Heard, message: Message, { say }: ListenTools): Promise<void> {
  await say({ ...where, onlyFor: `slack:${user}` }, message);
}

const byApp: Message = {
  tone: 'warning',
  title: ['Nothing was done'],
  blocks: [{ kind: 'lines', lines: [['An app said this in your name. Type it yourself.']] }],
};

const outdated: Message = {
  tone: 'warning',
  title: ['This button has expired'],
  blocks: [{ kind: 'lines', lines: [['See what there is now: ', { code: '/backup status' }]] }],
};

const tooSlow: Message = {
  tone: 'warning',
  title: ['Slack did not open the question in time'],
  blocks: [{ kind: 'lines', lines: [['Nothing was done. Press the button once more.']] }],
};

function tooLate(words: string): Message {
  return {
    tone: 'warning',
    title: [{ code: words }, ' was not done'],
    blocks: [
      {
        kind: 'lines',
        lines: [['Slack delivered it more than ten minutes late. Ask again if you still want it.']],
      },
    ],
  };
}

function trouble(words: string, reason: string): Message {
  const title = [{ code: words }, ' could not be done'];
  return { tone: 'bad', title, blocks: [{ kind: 'lines', lines: [[reason]] }] };
}
