import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Dumper } from '../../src/databases/dumper.ts';
import { closed } from './closed.ts';

/** What every dumper promises, whatever it dumps. `open` gives one whose database is there and holds a table. */
export function honoursTheDumperContract(open: () => Dumper): void {
  const usual = process.env.TMPDIR;
  let temporary: string;

  beforeEach(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'dumper-contract-'));
    process.env.TMPDIR = temporary;
  });

  afterEach(async () => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
    await rm(temporary, { recursive: true });
  });

  it('has a title for people and a plain file name', () => {
    const { title, fileName } = open();

    expect(title).toMatch(/^[a-z]+ \S/);
    expect(fileName).toMatch(/^[a-z]+-[\p{L}\p{N}._-]+\.[a-z]+$/u);
  });

  it('checks without dumping', async () => {
    await expect(open().check(AbortSignal.timeout(60_000))).resolves.toBeUndefined();
  });

  it('estimates how large its dump will be', async () => {
    const dumper = open();
    const dump = await dumper.dump(AbortSignal.timeout(60_000));
    const { length } = await buffer(dump.content);

    const estimate = await dumper.estimate(AbortSignal.timeout(60_000));

    expect(estimate).toBeGreaterThan(length / 20);
    expect(estimate).toBeLessThan(length * 20);
  });

  it('dumps to the end and says what is in it', async () => {
    const dump = await open().dump(AbortSignal.timeout(60_000));

    const content = await buffer(dump.content);

    expect(content.length).toBeGreaterThan(0);
    expect(dump.facts()).toMatchObject({
      driver: expect.stringMatching(/./),
      program: expect.stringMatching(/\d/),
    });
    expect(dump.facts().tables.length).toBeGreaterThan(0);
  });

  it('leaves nothing running and nothing in the temporary folder when it is done', async () => {
    const dump = await open().dump(AbortSignal.timeout(60_000));

    await buffer(dump.content);
    await closed(dump.content);

    expect(await leftovers(temporary)).toEqual({ files: [], processes: [] });
  });

  it('leaves nothing behind when its reader goes away', async () => {
    const dump = await open().dump(AbortSignal.timeout(60_000));

    dump.content.once('data', () => dump.content.destroy());
    await closed(dump.content);

    expect(await leftovers(temporary)).toEqual({ files: [], processes: [] });
  });

  it('fails and leaves nothing behind when it is aborted', async () => {
    const stop = new AbortController();
    const dump = await open().dump(stop.signal);

    dump.content.once('data', () => stop.abort());
    await closed(dump.content);

    expect(dump.content.errored).toBeInstanceOf(Error);
    expect(dump.content.readableEnded).toBe(false);
    expect(await leftovers(temporary)).toEqual({ files: [], processes: [] });
  });

  it('does not begin when it is aborted already', async () => {
    await expect(open().dump(AbortSignal.abort())).rejects.toThrow();

    expect(await leftovers(temporary)).toEqual({ files: [], processes: [] });
  });
}

async function leftovers(folder: string) {
  return { files: await readdir(folder), processes: await childProcesses() };
}

/** The programs this process started and that still run. */
async function childProcesses(): Promise<string[]> {
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  const programs = children
    .split(' ')
    .filter(Boolean)
    .map((pid) => readFile(`/proc/${pid}/comm`, 'utf8'));
  return (await Promise.all(programs))
    .map((program) => program.trim())
    .filter((program) => /dump/.test(program));
}
