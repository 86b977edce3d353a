import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { identityOf } from './read-pairs.ts';
import type { Stored } from './read-searches.ts';
import { isThere } from './read-table.ts';

const batch = 100_000;
/** The crowd that figures are measured in. */
const measuredSeed = '1';

/** The data's generator of invented identities, in or beside the data folder or beside the repository. */
export async function findGenerator(folder: string): Promise<string | undefined> {
  const beside = join(import.meta.dirname, '../../../shared/data/names/tools');
  for (const place of [join(folder, '../tools'), join(folder, 'tools'), beside]) {
    if (await isThere(join(place, 'gen_synth.mjs'))) return join(place, 'gen_synth.mjs');
  }
  return undefined;
}

/**
 * Invented identities in batches, without the first `from`, made by a process of their own: ten million never stand in memory at once.
 * @throws Error where the generator gives fewer, or a line that is not `id name script date` between tabs
 */
export async function* invent(
  generator: string,
  count: number,
  { from = 0, seed = measuredSeed }: { readonly from?: number; readonly seed?: string } = {},
): AsyncGenerator<readonly Stored[]> {
  const child = spawn(process.execPath, [generator, String(count), seed], { stdio: ['ignore', 'pipe', 'inherit'] });
  let made = 0;
  let stored: Stored[] = [];
  for await (const line of linesOf(child.stdout)) {
    const [id, name, script, date, ...more] = line.split('\t');
    if (id === undefined || name === undefined || script === undefined || date === undefined || more.length > 0) {
      throw new Error(`${generator}: line ${made + 1} is not "id name script date"`);
    }
    made++;
    if (made <= from) continue;
    stored.push({ id: `invented:${id}`, identity: identityOf(name, date) });
    if (stored.length < batch) continue;
    yield stored;
    stored = [];
  }
  if (stored.length > 0) yield stored;
  if (made !== count) throw new Error(`${generator}: ${made} identities where ${count} were asked for`);
}

async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
