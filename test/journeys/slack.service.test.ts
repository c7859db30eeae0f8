import { describe } from 'vitest';
import { openStoreForAll } from '../support/open-store.ts';
import { slackFront } from '../support/slack/front.ts';
import { modes } from '../support/slack/join.ts';
import { onRedis } from '../support/stores.ts';
import { chatJourneys, ruledJourneys } from './chat-journeys.ts';

const store = openStoreForAll(onRedis);

describe.each(modes)('in Slack over %s', (mode) => {
  chatJourneys(store, () => slackFront(mode));
  ruledJourneys(store, () => slackFront(mode));
});
