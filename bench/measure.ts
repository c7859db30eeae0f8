import { execa } from 'execa';

/** What a program and all it starts took. */
export interface Measured {
  readonly seconds: number;
  /** Of all processors. */
  readonly processorInSeconds: number;
  /** Of the largest of its processes. */
  readonly peakInBytes: number;
  /** What it printed. */
  readonly output: string;
}

/** Runs a script of bash. @throws {Error} when any command of it fails. */
export async function measure(script: string, env: Readonly<Record<string, string>>): Promise<Measured> {
  const { stdout } = await execa('python3', ['-c', watch, 'bash', '-e', '-o', 'pipefail', '-c', script], {
    env,
  });
  const { output, ...measured } = JSON.parse(stdout);
  return { ...measured, output };
}

// Node does not tell what its children used. https://docs.python.org/3/library/resource.html#resource.getrusage
const watch = `
import json, resource, subprocess, sys, time
start = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, text=True)
seconds = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
  "seconds": seconds,
  "processorInSeconds": used.ru_utime + used.ru_stime,
  "peakInBytes": used.ru_maxrss * 1024,
  "output": done.stdout,
}))
sys.exit(done.returncode)
`;
