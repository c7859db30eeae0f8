import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findClient } from '../../../../src/databases/mysql/client/client-program.ts';
import { type Run, runClient } from '../../../../src/databases/mysql/client/run-client.ts';
import { redactor } from '../../../../src/redact.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-client-'));
});

afterAll(() => rm(folder, { recursive: true }));

describe('a run of the client program', () => {
  it('gives out what the program writes, and what it says on the side', async () => {
    const remarks: string[] = [];
    const run = await runOf('echo "a dump"; echo "-- Dump completed"; echo "a remark" >&2', (remark) =>
      remarks.push(remark),
    );

    expect(await output(run)).toBe('a dump\n-- Dump completed\n');
    expect(remarks).toEqual(['a remark']);
  });

  it('gives the program its words as they are, whatever names there are', async () => {
    const words = ['$(id)', '`id`', "'; id; '", '"', 'a  b', '*', '--', '|id', 'café ☕\\n'];
    const run = await runOf('for word; do printf "%s\\n" "$word"; done; echo "-- Dump completed"');

    const said = await output({ ...run, arguments: words });

    expect(said.split('\n').slice(0, words.length)).toEqual(words);
  });

  it.each([
    [
      'ends with an error',
      'echo "-- Dump completed"; echo "no rights" >&2; exit 3',
      'fake ended with code 3. It said: no rights',
    ],
    [
      'ends too early',
      'echo "half a dump"',
      'fake ended without its end marker, so something is missing. It did not say why.',
    ],
    [
      'is killed',
      'echo "-- Dump completed"; kill -KILL $$',
      'fake was killed by SIGKILL. It did not say why.',
    ],
    ['says a secret', 'echo "password canary is wrong" >&2; exit 2', 'It said: password ••• is wrong'],
  ])('fails when the program %s', async (_, script, sentence) => {
    await expect(output(await runOf(script))).rejects.toThrow(sentence);
  });

  it('cuts what a program says too much of', async () => {
    const run = await runOf('yes "oh dear" | head -c 100000 >&2; exit 1');

    await expect(output(run)).rejects.toThrow(/^.{1900,2200}$/s);
  });

  it('shows no beginning of a secret where it cuts', async () => {
    const run = await runOf('(head -c 1995 /dev/zero | tr "\\0" x; printf "canary, and so on") >&2; exit 1');

    await expect(output(run)).rejects.toThrow(/x•••…$/);
  });

  it('fails when the program cannot be started', async () => {
    const run = await runOf('exit 0');

    await expect(output({ ...run, client: { ...run.client, path: '/nowhere/fake' } })).rejects.toThrow(
      /^Could not dump mysql shop: fake could not be started/,
    );
  });

  it('ends the program and all it started when it is aborted while nothing comes', async () => {
    const stop = new AbortController();
    const chunks = runClient(await runOf('echo started; sleep 1000 & wait'), stop.signal);
    await chunks.next();

    const next = chunks.next();
    stop.abort(new Error('stopped'));

    // Its output ends only when the last process that holds it is gone.
    await expect(next).rejects.toThrow('stopped');
  });

  it.each(['exits', 'is killed'])(
    'ends the program and all it started when this process %s in the middle of it',
    async (how) => {
      const path = await script(await mkdtemp(join(folder, 'bin-')), 'fake', 'sleep 1000 & echo $!; wait');
      const exiting = fileURLToPath(new URL('exiting-dump.ts', import.meta.url));

      const { stdout } = await execa(process.execPath, ['--import', 'tsx', exiting, path, how], {
        reject: false,
      });

      expect(stdout).toMatch(/^\d+$/);
      await vi.waitFor(() => expect(stateOf(Number(stdout))).toMatch(/^[ZX]?$/), 20_000);
    },
    60_000,
  );
});

/** `S` while it sleeps, `Z` when it has ended and nobody has asked how, nothing when it is gone. proc_pid_stat(5) */
function stateOf(pid: number): string {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) ? (/\) (\w)/.exec(readFileSync(stat, 'utf8'))?.[1] ?? '') : '';
}

describe('finding a client program', () => {
  it("prefers one of the server's own family, and reads its version", async () => {
    const mine = await mkdtemp(join(folder, 'bin-'));
    await script(
      mine,
      'mariadb-dump',
      'echo "mariadb-dump from 11.4.2-MariaDB, client 10.19 for debian-linux-gnu (x86_64)"',
    );
    await script(
      mine,
      'mysqldump',
      'echo "mysqldump  Ver 8.0.45 for Linux on x86_64 (MySQL Community Server - GPL)"',
    );

    expect(await findClient('mariadb', mine)).toMatchObject({
      name: 'mariadb-dump',
      version: '11.4.2',
      family: 'mariadb',
    });
    expect(await findClient('mysql', mine)).toMatchObject({
      name: 'mysqldump',
      version: '8.0.45',
      family: 'mysql',
    });
  });

  it('takes the other family rather than none, by whose it is and not by its name', async () => {
    const mine = await mkdtemp(join(folder, 'bin-'));
    const path = await script(
      mine,
      'mysqldump',
      'echo "mysqldump  Ver 10.19 Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)"',
    );

    expect(await findClient('mysql', path)).toEqual({
      path,
      name: 'mysqldump',
      version: '10.11.6',
      family: 'mariadb',
    });
  });

  it('finds none in an empty folder', async () => {
    expect(await findClient('mysql', await mkdtemp(join(folder, 'bin-')))).toBeUndefined();
  });
});

async function runOf(text: string, onRemark = (_: string) => {}): Promise<Run> {
  const path = await script(await mkdtemp(join(folder, 'bin-')), 'fake', text);
  return {
    client: { path, name: 'fake', version: '1.0', family: 'mysql' },
    ...{ arguments: [], title: 'mysql shop', onRemark },
    redact: redactor(['canary']),
  };
}

async function script(into: string, name: string, text: string): Promise<string> {
  const path = join(into, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

async function output(run: Run): Promise<string> {
  return (await buffer(Readable.from(runClient(run, AbortSignal.timeout(60_000))))).toString();
}
