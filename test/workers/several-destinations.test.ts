import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { manifestKey } from '../../src/domain/backup-key.ts';
import type { RunReport } from '../../src/domain/report.ts';
import { openLog } from '../../src/log.ts';
import type { RunJob } from '../../src/queue/contracts.ts';
import { HandedBack, type JobInHand } from '../../src/queue/queue.ts';
import { openState } from '../../src/state/registry.ts';
import { type State, StateError } from '../../src/state/state.ts';
import { listBackups } from '../../workers/list-backups.ts';
import { runBackup } from '../../workers/run-backup.ts';
import { rememberVerified } from '../../workers/verify/memory.ts';
import { held } from '../support/held-destination.ts';
import { openStoreForAll } from '../support/open-store.ts';
import { disk, type Shop, shop } from '../support/shop.ts';
import { embedded } from '../support/stores.ts';

const store = openStoreForAll(embedded);

/** A run of the shop, as the queue hands it to a worker. */
function jobOf(runId = `r_${randomUUID().slice(0, 8)}`, attempt = 1): JobInHand<RunJob> {
  return {
    id: runId,
    data: {
      command: { verb: 'run', app: 'shop', to: [] },
      askedBy: { id: 'console:me', groups: [] },
      askedAt: '2026-11-22T03:15:00.000Z',
    },
    attempt,
    deaths: attempt - 1,
    isLastAttempt: false,
    progress: () => {},
    signal: new AbortController().signal,
  };
}

function run(app: Shop, job = jobOf(), state = openState(store())): Promise<RunReport> {
  const clock = () => DateTime.utc();
  return runBackup(app, job, { state, clock });
}

/** As of a worker that dies once it has stored: what it would remember then is not remembered. */
function dyingAtTheEnd(): State {
  const state = openState(store());
  return {
    ...state,
    remember: (name, value, seconds) =>
      JSON.stringify(value).includes('"isStored":true') && !JSON.stringify(value).includes('"isStored":false')
        ? Promise.reject(new StateError('The worker is dead.'))
        : state.remember(name, value, seconds),
  };
}

/** As after an upgrade: what runs were about to store was not kept. */
function withoutFacts(state: State): State {
  return {
    ...state,
    recall: async (name) => (name.startsWith('facts-of.') ? undefined : state.recall(name)),
  };
}

/** Remembers everything but what is called like this. */
function forgetfulOf(start: string): State['remember'] {
  const { remember } = openState(store());
  const away = new StateError('Redis was not reached.');
  return (name, ...rest) => (name.startsWith(start) ? Promise.reject(away) : remember(name, ...rest));
}

/** Away at first, as a server that is being restarted. */
function awayFor(times: number): State {
  const state = openState(store());
  let left = times;
  const unlessAway = <Args extends unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) => {
    return (...args: Args) => {
      left -= 1;
      return left >= 0 ? Promise.reject(new StateError('Redis was not reached.')) : ask(...args);
    };
  };
  return { ...state, recall: unlessAway(state.recall), remember: unlessAway(state.remember) };
}

const unreachable = new DestinationError('far was not reached: nobody answered.', { kind: 'not-reached' });

/** Does not answer the first `times` that something is stored. */
function failing(destination: Destination, times: number, error: Error = unreachable): Destination {
  let left = times;
  return {
    ...destination,
    async store(...stored) {
      if (left === 0) return destination.store(...stored);
      left -= 1;
      throw error;
    },
  };
}

const keyOf = (report: RunReport) => report.archive?.key ?? '';
const sumOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('a destination that was not reached while the archive was made', () => {
  it('gets it afterwards, copied from one that has it', async () => {
    const [near, far] = [disk('near'), disk('far')];

    const report = await run(shop([near, failing(far, 1)]));

    const key = keyOf(report);
    expect(report.outcome).toBe('stored');
    expect(report.destinations).toMatchObject([
      { outcome: 'stored', destination: 'near', compared: true },
      { outcome: 'stored', destination: 'far', compared: true, copiedFrom: 'near' },
    ]);
    expect(sumOf(far.locate(key))).toBe(sumOf(near.locate(key)));
    expect(readFileSync(far.locate(manifestKey(key)))).toEqual(readFileSync(near.locate(manifestKey(key))));
  });

  it('keeps nobody waiting: who has the archive has its manifest before it is copied', async () => {
    const [near, far] = [disk('near'), disk('far')];
    const seen: boolean[] = [];
    const watching: Destination = {
      ...far,
      store(key, ...stored) {
        if (key.endsWith('.zip')) seen.push(existsSync(near.locate(manifestKey(key))));
        return far.store(key, ...stored);
      },
    };

    await run(shop([near, failing(watching, 1)]));

    expect(seen).toEqual([true]);
  });

  it('is named with both reasons when the second chance fails as well, and holds nothing', async () => {
    const far = disk('far');

    const report = await run(shop([disk('near'), failing(far, 9)]));

    expect(report.outcome).toBe('partly');
    expect(report.destinations[1]).toMatchObject({
      outcome: 'failed',
      reason: `${unreachable.message} A copy from near failed as well: ${unreachable.message}`,
    });
    expect(filesIn(far.folder)).toEqual([]);
  });

  it('gets no second chance when it said no', async () => {
    const refused = new DestinationError('far refused it: the key is wrong.');

    const report = await run(shop([disk('near'), failing(disk('far'), 1, refused)]));

    expect(report.destinations[1]).toMatchObject({
      outcome: 'failed',
      reason: refused.message,
      refused: true,
    });
  });

  it('is copied to from a destination that can be read, when the first cannot', async () => {
    const unreadable: Destination = {
      ...disk('unreadable'),
      verify: async () => 'verified',
      read: () => {
        throw new DestinationError('It cannot be read.');
      },
    };

    const report = await run(shop([unreadable, disk('near'), failing(disk('far'), 1)]));

    expect(report.destinations[2]).toMatchObject({ outcome: 'stored', copiedFrom: 'near' });
  });

  it('has no manifest and no archive when its manifest could not be stored', async () => {
    const far = disk('far');
    const archivesOnly: Destination = {
      ...far,
      store: (key, ...stored) =>
        key.endsWith('.json') ? Promise.reject(unreachable) : far.store(key, ...stored),
    };

    const report = await run(shop([disk('near'), archivesOnly]));

    expect(report.destinations[1]).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('its manifest did not'),
    });
    expect(filesIn(far.folder)).toEqual([]);
  });
});

describe('a copy that could not be compared', () => {
  const cold = (name: string): Destination & { folder: string } => ({
    ...disk(name),
    verify: () => Promise.reject(new DestinationError(`${name} keeps it in a cold storage class.`)),
  });

  it('is stored, with a manifest that says so, and lists say it until it is read', async () => {
    const vault = cold('vault');
    const app = shop([vault], 'cold');
    const state = openState(store());
    const tools = { state, clock: () => DateTime.utc() };
    const log = openLog({ level: 'silent', redact: String, forPeople: false });
    const listed = async () => (await listBackups(app, tools)).destinations;

    const report = await run(app);

    expect(report.outcome).toBe('stored');
    expect(report.destinations).toMatchObject([
      { outcome: 'stored', compared: false, note: expect.stringContaining('cold') },
    ]);
    const manifest = JSON.parse(readFileSync(vault.locate(manifestKey(keyOf(report))), 'utf8'));
    expect(manifest.notCompared).toBe('vault keeps it in a cold storage class.');
    expect(await listed()).toMatchObject([{ backups: [{ last: { found: 'not-compared' } }] }]);
    const read = { key: keyOf(report), backup: 'full', takenAt: report.startedAt, sizeInBytes: 1 } as const;
    const place = { app: 'cold', destination: 'vault', there: [keyOf(report)] };
    await rememberVerified(place, [{ ...read, found: 'whole' }], { ...tools, log });
    expect(await listed()).toMatchObject([{ backups: [{ last: { found: 'whole' } }] }]);
  });

  it('serves as the source of another one, as copying compares what it reads', async () => {
    const report = await run(shop([cold('vault'), failing(disk('far'), 1)]));

    expect(report.destinations).toMatchObject([
      { outcome: 'stored', compared: false },
      { outcome: 'stored', compared: true, copiedFrom: 'vault' },
    ]);
  });
});

describe('a run that begins while the state is away for a moment', () => {
  it.each([1, 3])('is made when it is back, though it was asked in vain %i times', async (times) => {
    const report = await run(shop([disk('near')]), jobOf(), awayFor(times));

    expect(report.outcome).toBe('stored');
  });
});

describe('a run that is started again because its worker died', () => {
  it('leaves what it had stored alone, and copies it to where it is missing', async () => {
    const [near, far] = [disk('near'), disk('far')];
    const app = shop([near, far]);
    const first = await run(app, jobOf('r_again'));
    const key = keyOf(first);
    for (const missing of [key, manifestKey(key)]) rmSync(far.locate(missing));
    const before = sumOf(near.locate(key));

    const again = await run(app, jobOf('r_again', 2));

    expect(again.archive).toEqual(first.archive);
    expect(again.destinations).toMatchObject([
      { outcome: 'stored', destination: 'near', kept: true },
      { outcome: 'stored', destination: 'far', copiedFrom: 'near' },
    ]);
    expect([sumOf(near.locate(key)), sumOf(far.locate(key))]).toEqual([before, before]);
    expect(filesIn(far.folder)).toHaveLength(2);
  });

  it.each([
    ['is not reached', unreachable],
    ['says no', new DestinationError('far said no: the clocks differ.', { kind: 'refused' })],
  ])('keeps what it had stored when another destination %s by then, which is a row', async (_, trouble) => {
    const [near, far] = [disk('near'), disk('far')];
    const job = jobOf();
    const first = await run(shop([near, failing(far, 2, trouble)]), job);
    const away = { ...failing(far, 2, trouble), head: () => Promise.reject(trouble) };

    const again = await run(shop([near, away]), jobOf(job.id, 2));

    expect(again).toMatchObject({ outcome: 'partly', archive: first.archive });
    expect(again.destinations).toMatchObject([
      { outcome: 'stored', destination: 'near', kept: true },
      { outcome: 'failed', destination: 'far', reason: expect.stringContaining(trouble.message) },
    ]);
  });

  it('compares an archive that has no manifest yet with what was about to be stored, and keeps it', async () => {
    const near = disk('near');
    const app = shop([near]);
    const first = await run(app, jobOf('r_late'));
    const key = keyOf(first);
    rmSync(near.locate(manifestKey(key)));
    writeFileSync(join(app.source, 'new.html'), 'It would be in an archive that is made again.');

    const again = await run(app, jobOf('r_late', 2));

    expect(again).toMatchObject({ outcome: 'stored', archive: first.archive });
    expect(again.destinations).toMatchObject([{ outcome: 'stored', compared: true, kept: true }]);
    expect(existsSync(near.locate(manifestKey(key)))).toBe(true);
    expect(sumOf(near.locate(key))).toBe(first.archive?.sha256);
  });

  it.each([
    ['differs from what was about to be stored', openState],
    [
      'nobody knows any more',
      (...opened: Parameters<typeof openState>) => withoutFacts(openState(...opened)),
    ],
  ])(
    'trusts no archive without a manifest that %s, and makes it again under the same key',
    async (_, open) => {
      const near = disk('near');
      const app = shop([near]);
      const runId = `r_${randomUUID().slice(0, 8)}`;
      const key = keyOf(await run(app, jobOf(runId)));
      rmSync(near.locate(manifestKey(key)));
      writeFileSync(near.locate(key), 'something else');

      const again = await run(app, jobOf(runId, 2), open(store()));

      expect(again).toMatchObject({ outcome: 'stored', archive: { key } });
      expect(again.destinations).toMatchObject([{ outcome: 'stored', compared: true }]);
      expect(again.destinations).not.toMatchObject([{ kept: true }]);
      expect(existsSync(near.locate(manifestKey(key)))).toBe(true);
      expect(sumOf(near.locate(key))).toBe(again.archive?.sha256);
    },
  );
});

describe('what a worker that died has left', () => {
  it('is cleared up by the next start of the same run', async () => {
    const near = disk('near');
    const app = shop([near]);
    const first = await run(app, jobOf('r_died'));
    const key = keyOf(first);
    for (const name of [key, manifestKey(key)]) {
      rmSync(near.locate(name));
      writeFileSync(`${near.locate(name)}.0001.partial`, 'half');
    }

    await run(app, jobOf('r_died', 2));

    expect(filesIn(near.folder).toSorted()).toEqual(
      [near.locate(key), near.locate(manifestKey(key))].toSorted(),
    );
  });

  it('is cleared up by the next run when the run itself never ended, but for what is whole', async () => {
    const near = disk('near');
    const app = { ...shop([near]), name: 'abandoned' };
    const whole = keyOf(await run(app));
    const died = keyOf(await run(app, jobOf(), dyingAtTheEnd()));
    rmSync(near.locate(manifestKey(died)));
    writeFileSync(`${near.locate(died)}.0001.partial`, 'half');

    const key = keyOf(await run(app));

    const left = [whole, key].flatMap((one) => [near.locate(one), near.locate(manifestKey(one))]);
    expect(filesIn(near.folder).toSorted()).toEqual(left.toSorted());
  });

  it('keeps no run from being made when it cannot be cleared up', async () => {
    const near = disk('near');
    const stuck: Destination = { ...near, tidy: () => Promise.reject(unreachable) };

    const report = await run({ ...shop([stuck]), name: 'stuck' });

    expect(report.outcome).toBe('stored');
  });
});

describe('a worker that was taken for dead and lives', () => {
  it('lets go of its run once another has begun it again, and leaves that one what it stores', async () => {
    const near = disk('near');
    const target = held(near);
    const frozen = run(shop([target]), jobOf('r_frozen'));
    const outcome = frozen.then(
      () => 'stored',
      (thrown) => thrown.constructor,
    );
    await target.reached;

    const again = await run(shop([near]), jobOf('r_frozen', 2));
    target.letGo();

    expect(await outcome).toBe(HandedBack);
    expect(again.outcome).toBe('stored');
    expect(sumOf(near.locate(keyOf(again)))).toBe(again.archive?.sha256);
    expect(filesIn(near.folder)).toHaveLength(2);
  });
});

describe('a run whose queue goes away at its end', () => {
  it('is stored, and said to be', async () => {
    const near = disk('near');
    const state: State = { ...openState(store()), remember: forgetfulOf('size.') };

    const report = await run(shop([near]), jobOf(), state);

    expect(report.outcome).toBe('stored');
    expect(existsSync(near.locate(manifestKey(keyOf(report))))).toBe(true);
  });
});

describe('how much there is to store', () => {
  it('is known to a destination beforehand: the first time by looking, then by what was read the last time', async () => {
    const estimates: (number | undefined)[] = [];
    const target = disk('near');
    const asked: Destination = {
      ...target,
      store(key, content, signal, options) {
        if (key.endsWith('.zip')) estimates.push(options?.estimatedSizeInBytes);
        return target.store(key, content, signal, options);
      },
    };
    const app = { ...shop([asked]), name: 'measured' };

    const { archive } = await run(app);
    await run(app);

    const contentInBytes = archive?.contentInBytes ?? 0;
    expect(contentInBytes).toBeGreaterThan(0);
    expect(estimates).toEqual([Math.ceil(1.5 * contentInBytes), Math.ceil(1.5 * contentInBytes)]);
  });
});

function filesIn(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
