import { setTimeout as pause } from 'node:timers/promises';
import { ask, type Refusal } from './ask.ts';

/** One word to whoever watches from outside. */
export interface Ping {
  /** The words about a run go in turn, and one that takes too long is given up for the next. */
  readonly runId: string;
  /** For the operator: `The start ping of shop`. Not the address, which is a secret. */
  readonly title: string;
  readonly address: string;
}

export interface Pinger {
  /** Sends it on its way, and neither waits nor fails. */
  send(ping: Ping): void;
  /** Lets what is on its way arrive, but does not wait for long. */
  close(): Promise<void>;
}

/** How patient a pinger is, in milliseconds. */
export interface PingPace {
  /** For one answer. */
  readonly answerMs: number;
  /** Before each further try. */
  readonly pausesMs: readonly number[];
  /** For a word that is still on its way when the next about the same run is due. */
  readonly turnMs: number;
  /** For all that is on its way when it is closed. */
  readonly closeMs: number;
}

const usualPace: PingPace = { answerMs: 10_000, pausesMs: [1_000, 5_000], turnMs: 2_000, closeMs: 5_000 };

interface OnTheWay {
  readonly stop: AbortController;
  readonly sent: Promise<void>;
}

/** Asks for addresses, some times when nobody answers. What does not arrive is a warning, and nothing else. */
export function openPinger(warn: (sentence: string) => void, pace: PingPace = usualPace): Pinger {
  const onTheWay = new Map<string, OnTheWay>();

  async function deliver({ title, address }: Ping, signal: AbortSignal): Promise<void> {
    const refusal = await tryToAsk(address, pace, signal);
    if (refusal !== undefined && !signal.aborted)
      warn(`${title} did not arrive: ${refusal.reason}. The run goes on as if nothing had happened.`);
  }

  async function inTurn(ping: Ping, signal: AbortSignal, earlier: OnTheWay | undefined): Promise<void> {
    if (earlier !== undefined) await atMost(pace.turnMs, earlier);
    await deliver(ping, signal);
  }

  return {
    send(ping) {
      const stop = new AbortController();
      const sent = inTurn(ping, stop.signal, onTheWay.get(ping.runId)).finally(() => {
        if (onTheWay.get(ping.runId)?.stop === stop) onTheWay.delete(ping.runId);
      });
      onTheWay.set(ping.runId, { stop, sent });
    },
    async close() {
      await Promise.all([...onTheWay.values()].map((one) => atMost(pace.closeMs, one)));
    },
  };
}

/** Until it has arrived; after so long it is given up. */
async function atMost(ms: number, { sent, stop }: OnTheWay): Promise<void> {
  const patience = setTimeout(() => stop.abort(), ms);
  await sent;
  clearTimeout(patience);
}

/** Why it did not work out in the end, if it did not. Never rejects. */
async function tryToAsk(
  address: string,
  { answerMs, pausesMs }: PingPace,
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  let refusal = await ask(address, answerMs, signal);
  for (const pauseMs of pausesMs) {
    if (refusal === undefined || refusal.isFinal || signal.aborted) break;
    await pause(pauseMs, undefined, { signal }).catch(() => {}); // Aborted; the signal is looked at above.
    refusal = signal.aborted ? refusal : await ask(address, answerMs, signal);
  }
  return refusal;
}
