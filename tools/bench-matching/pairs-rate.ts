import { evidenceOf, prepareIdentity } from '@entente/matching';
import { figureOf, type Figure } from './figure.ts';
import type { LabelledPair } from './read-pairs.ts';
import { shuffled } from './seeded.ts';
import { stopwatch } from './stopwatch.ts';

const passes = 3;

/** Pairs a second on this thread: of identities read before, as a search compares them; and reading both each time. */
export function rateFigures(pairs: readonly LabelledPair[]): readonly Figure[] {
  const mixed = shuffled(pairs, 'order of pairs');
  const unread = rate(mixed, ({ left, right }) => evidenceOf(prepareIdentity(left), prepareIdentity(right)));
  const ready = mixed.map(({ left, right }) => ({ left: prepareIdentity(left), right: prepareIdentity(right) }));
  const read = rate(ready, ({ left, right }) => evidenceOf(left, right));
  const rates = {
    'pairs.rate': read.wall,
    'pairs.rate.cpu': read.processor,
    'pairs.rate.unread': unread.wall,
    'pairs.rate.unread.cpu': unread.processor,
  };
  return Object.entries(rates).map(([name, value]) => figureOf({ name, value, unit: 'pairs/s', n: pairs.length }, 0));
}

/** Of the passes after the first, which is for the compiler, the fastest: by the clock and by this thread's processor. */
function rate<Item>(
  items: readonly Item[],
  score: (item: Item) => number,
): { readonly wall: number; readonly processor: number } {
  const best = { wall: 0, processor: 0 };
  for (let pass = 0; pass < passes; pass++) {
    const took = stopwatch();
    let sum = 0;
    for (const item of items) sum += score(item);
    const { wall, processor } = took();
    if (Number.isNaN(sum)) throw new Error('a score that is no number');
    if (pass === 0) continue;
    best.wall = Math.max(best.wall, items.length / wall);
    best.processor = Math.max(best.processor, items.length / processor);
  }
  return best;
}
