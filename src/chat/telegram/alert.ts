import { clip } from '../../domain/clip.ts';
import type { Message } from '../message.ts';
import { htmlText } from './html.ts';

// https://core.telegram.org/bots/api#answercallbackquery
const longest = 200;

/** The words of a message as Telegram shows them over the chat, to whoever pressed a button and nobody else. */
export function alertOf({ title, blocks }: Message): string {
  return clip(htmlText({ tone: 'plain', title, blocks }, 'UTC').plain, longest);
}
