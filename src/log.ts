import { pino } from 'pino';

type Write = (sentence: string, facts?: object) => void;

/** What the operator reads: sentences, with facts for machines beside them. Goes to standard error. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

interface LogOptions {
  readonly level: LogLevel;
  /** Every line passes through it before it is written. */
  readonly redact: (text: string) => string;
  /** JSON lines when false, words for a terminal when true. */
  readonly forPeople: boolean;
}

export function openLog({ level, redact, forPeople }: LogOptions): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => void process.stderr.write(redact(forPeople ? inWords(line) : line)) },
  );
  const at =
    (method: Exclude<LogLevel, 'silent'>): Write =>
    (sentence, facts = {}) =>
      logger[method](facts, sentence);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function inWords(line: string): string {
  const { level, msg } = JSON.parse(line) as { level: string; msg: string };
  const words = msg.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (odd) => (odd === '\n' ? ' ⏎ ' : '\ufffd'));
  return `${level === 'info' ? '' : `${level}: `}${words}\n`;
}

/** The sentence of whatever was thrown, and of its causes where they add something. */
export function sentenceOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
