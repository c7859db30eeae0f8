import { describe } from 'vitest';
import { consoleFront } from '../support/console-front.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { onRedis } from '../support/stores.ts';
import { chatJourneys } from './chat-journeys.ts';

const store = openStoreForAll(onRedis);

describe('on the console', () => chatJourneys(store, consoleFront));
