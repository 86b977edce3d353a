import { readdir, readFile } from 'node:fs/promises';

// What Linux counts processor time in, whatever the machine: a hundredth of a second.
const tick = 10_000;

/**
 * Processor time that processes and those they started have taken so far, in microseconds: it says what a step costs when the
 * machine does other things as well. NaN where the system does not tell (it has no `/proc`).
 */
export async function processorTime(processes: readonly number[]): Promise<number> {
  const all = await readdir('/proc').catch(() => []);
  const counts = await Promise.all(all.filter((name) => /^\d+$/.test(name)).map((name) => readCount(name)));
  if (counts.length === 0) return Number.NaN;
  return counts.reduce((sum, one) => {
    if (one === undefined) return sum;
    if (processes.includes(one.process)) return sum + one.own + one.ended;
    return processes.includes(one.parent) ? sum + one.own : sum;
  }, 0);
}

interface Count {
  readonly process: number;
  readonly parent: number;
  /** Of its own, and of those it started that have ended. */
  readonly own: number;
  readonly ended: number;
}

/** One line of proc(5), `/proc/PID/stat`; undefined where the process has ended meanwhile. */
async function readCount(name: string): Promise<Count | undefined> {
  const text = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => undefined);
  if (text === undefined) return undefined;
  // The name of the program stands in brackets and may hold anything.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, own = 0, system = 0, ended = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map((at) => fields[at]);
  return { process: Number(name), parent, own: (own + system) * tick, ended: (ended + endedSystem) * tick };
}
