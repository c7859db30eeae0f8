import { type EditBudget, editQueue } from './edit-queue.ts';
import type { Answer, Platform, Refuse, Say } from './platform.ts';
import { openBolt } from './slack/bolt.ts';
import { checkToken } from './slack/check-token.ts';
import { openClients } from './slack/clients.ts';
import { change, showFrame } from './slack/edit.ts';
import { homeThread } from './slack/heard.ts';
import { publishHome } from './slack/home.ts';
import { listenOverHttp } from './slack/http.ts';
import { openListening } from './slack/listen.ts';
import type { SlackOptions } from './slack/options.ts';
import { openPeople, standingOf } from './slack/people.ts';
import { addPicture } from './slack/picture.ts';
import { postForAll, postForOne } from './slack/post.ts';
import { openResponseUrls } from './slack/response-urls.ts';
import { listenOverSockets } from './slack/socket-mode.ts';
import type { ChatTools } from './tools.ts';

/** `chat.update` is taken some 50 times a minute, for all messages together. https://docs.slack.dev/apis/web-api/rate-limits */
const usualBudget: EditBudget = { edits: 48, frames: 38, spanMs: 60_000, leastGapMs: 3_000 };

type SlackTools = Pick<ChatTools, 'notes' | 'log' | 'alert' | 'onCall'>;

/** Slack, as one workspace sees it. */
export function slackPlatform(options: SlackOptions, tools: SlackTools, budget = usualBudget): Platform {
  const { botToken: token, apiUrl } = options;
  const { log } = tools;
  const clients = openClients({ token, apiUrl }, tools);
  const queue = editQueue(budget);
  const responseUrls = openResponseUrls();
  const people = openPeople(clients.web, log);
  const postTools = { web: clients.web, responseUrls, log };
  const editTools = { clients, queue, log };
  let stopListening = async () => {};

  const slack: Platform = {
    name: 'slack',
    async start(answer: Answer, _: Refuse, say: Say) {
      const listening = openListening({
        ...tools,
        web: clients.web,
        people,
        responseUrls,
        answer,
        say,
      });
      const app = openBolt({ ...tools, token, apiUrl }, listening);
      const ear = await listen(app);
      void checkToken(clients.web, tools);
      stopListening = async () => {
        await ear.close();
        await listening.finish();
      };
    },
    async post(to, message) {
      const user = userOf(to.onlyFor ?? '');
      if (to.thread === homeThread && user !== undefined) return publishHome(to, user, message, clients.web);
      const posted = await (user === undefined
        ? postForAll(to, message, postTools)
        : postForOne(to, user, message, postTools));
      if (message.picture !== undefined) await addPicture(posted, message, user, postTools);
      return posted;
    },
    async edit(posted, message, still) {
      if (message.tone !== 'working') return change(posted, message, editTools);
      showFrame(posted, message, editTools, still);
      return true;
    },
    standingOf: (id) => standingOf(id, people),
    conversationWith(person) {
      const user = userOf(person);
      return user === undefined ? undefined : { platform: 'slack', place: user };
    },
    replyAddress({ place }, person) {
      const where = { platform: 'slack', place };
      return responseUrls.canAnswer(userOf(person) ?? '', where) ? { ...where, onlyFor: person } : undefined;
    },
    async close() {
      await stopListening();
      queue.close();
    },
  };

  async function listen(app: ReturnType<typeof openBolt>): Promise<{ close(): void | Promise<void> }> {
    const { appToken, signingSecret } = options;
    if (appToken !== undefined) return listenOverSockets(app, { appToken, apiUrl }, tools);
    return listenOverHttp(app, { ...options, signingSecret: signingSecret ?? '' }, log);
  }

  return slack;
}

/** `slack:T1/U1` → `U1`, which also stands for the conversation with them. */
function userOf(person: string): string | undefined {
  return /^slack:(?:\w*\/)?(\w+)$/.exec(person)?.[1];
}
