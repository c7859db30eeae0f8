import { EventEmitter, on } from 'node:events';
import { consolePlatform, type Frame } from '../../src/chat/console.ts';
import { consoleText } from '../../src/chat/console-text.ts';
import type { Message } from '../../src/chat/message.ts';
import type { Front, Seen, Who } from './front.ts';

/** Ann and Bob at two terminals, each in a session of their own that shows what both are told. */
export async function consoleFront(): Promise<Front> {
  const chat = consolePlatform();
  const messages = new Map<string, Message>();
  const shown = new EventEmitter();
  const show = ({ id, message }: Frame) => {
    messages.set(id, message);
    shown.emit('shown', seenOf(id, message));
  };
  const say = (words: string, as: Who) => chat.open({ id: `console:${as}`, groups: [] }, show).say(words);

  function wordsOf({ id }: Seen, label: RegExp): string {
    const action = messages.get(id)?.actions?.find((each) => label.test(each.label));
    if (action === undefined) throw new Error(`There is nothing called ${label} on ${id}.`);
    return action.words;
  }
  const all = () => [...messages].map(([id, message]) => seenOf(id, message));

  return {
    name: 'console',
    ids: { ann: 'console:ann', bob: 'console:bob' },
    place: 'console:',
    chats: () => [chat],
    type: (words, as = 'ann') => void say(words, as),
    async see(like) {
      const coming = on(shown, 'shown');
      const before = all().find(({ text }) => like.test(text));
      if (before !== undefined) return before;
      for await (const [seen] of coming) if (like.test(seen.text)) return seen;
      throw new Error('A console is never at its end.');
    },
    all,
    // There are no buttons: one types the words that are shown in their place.
    async press(seen, label, as = 'ann') {
      void say(wordsOf(seen, label), as);
    },
    async confirm(seen, label, _, as = 'ann') {
      void say(wordsOf(seen, label), as);
    },
  };
}

function seenOf(id: string, message: Message): Seen {
  return {
    id,
    text: consoleText(message, 'UTC'),
    buttons: (message.actions ?? []).map(({ label }) => label),
  };
}
