import { describe } from 'vitest';
import { openStoreForAll } from '../support/open-store.ts';
import { onRedis } from '../support/stores.ts';
import { telegramFront } from '../support/telegram/front.ts';
import { chatJourneys, ruledJourneys } from './chat-journeys.ts';

const store = openStoreForAll(onRedis);

describe('on Telegram', () => {
  chatJourneys(store, telegramFront);
  ruledJourneys(store, telegramFront);
});
