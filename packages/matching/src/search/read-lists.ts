import { pairKey, singleKey, toldBy } from './class-keys.ts';
import type { NameQuery, QueryPart } from './name-query.ts';
import { bucketOf, placeOfRow } from './postings.ts';
import type { Postings } from './postings.ts';
import type { RowWindow, RowWindows } from './row-windows.ts';
import { rowCount } from './segment.ts';
import type { Segment } from './segment.ts';

/** A stretch of a list of rows that agree with the query in one word or two. */
export type Stretch = {
  readonly rows: Uint32Array;
  readonly from: number;
  readonly to: number;
  readonly left: Told;
  /** Tells nothing where the list is of one word. */
  readonly right: Told;
  /** Of both, and of the birth. */
  readonly evidence: number;
};

/** Words of the query, as bits, and what it tells that a row agrees with them, in nats. */
export type Told = { readonly bits: number; readonly evidence: number };

const NOTHING: Told = { bits: 0, evidence: 0 };

/** Of a spelling class, −ln of the share of identities that bear it. */
export type RarityOfClass = (spellingClass: number) => number;

/** All stretches of a segment that may hold who is meant, the most telling first. */
export function stretchesOf(
  segment: Segment,
  name: NameQuery,
  { years, days }: RowWindows,
  rarity: RarityOfClass,
): Stretch[] {
  const stretches: Stretch[] = [];
  // Whoever agrees in one word only and was born in other years is not meant.
  const near = [...years.filter(({ evidence }) => evidence >= 0), ...days];
  const parts = name.parts.map((part) => toldOf(part, rarity));
  const total = rowCount(segment);
  for (const [at, { bits, classes }] of parts.entries()) {
    for (const { spellingClass, told } of classes)
      addStretches(stretches, segment.singles, total, singleKey(spellingClass), told, NOTHING, near);
    for (const other of parts.slice(at + 1)) {
      if ((bits & other.bits) !== 0) continue;
      for (const left of classes) {
        for (const right of other.classes) {
          const key = pairKey(left.spellingClass, right.spellingClass);
          addStretches(stretches, segment.pairs, total, key, left.told, right.told, years);
        }
      }
    }
  }
  return stretches.sort((a, b) => b.evidence - a.evidence);
}

/** Classes of a word whose lists are read, the closest. */
const CLASSES_READ = 12;

type ToldOfPart = {
  readonly bits: number;
  readonly classes: readonly { readonly spellingClass: number; readonly told: Told }[];
};

function toldOf({ bits, word }: QueryPart, rarity: RarityOfClass): ToldOfPart {
  const classes = word.classes.slice(0, CLASSES_READ).map(({ spellingClass, closeness }) => ({
    spellingClass,
    told: { bits, evidence: toldBy(rarity(spellingClass), closeness) },
  }));
  return { bits, classes };
}

/** A short list is read whole: cutting it costs more. */
const SHORT = 24;

function addStretches(
  stretches: Stretch[],
  postings: Postings,
  rowTotal: number,
  key: number,
  left: Told,
  right: Told,
  windows: readonly RowWindow[],
): void {
  const bucket = bucketOf(postings, key);
  const from = postings.starts[bucket] ?? 0;
  const to = postings.starts[bucket + 1] ?? 0;
  const { rows } = postings;
  if (from === to) return;
  const evidence = left.evidence + right.evidence;
  const share = evidence > 0 ? Math.min(1, Math.log(rowTotal / (to - from)) / evidence) : 1;
  const list = { rows, left: lessened(left, share), right: lessened(right, share) };
  if (to - from <= SHORT || windows.length === 1) {
    stretches.push({ ...list, from, to, evidence: evidence * share });
    return;
  }
  for (const window of windows) {
    const start = placeOfRow(rows, from, to, window.from);
    const end = placeOfRow(rows, start, to, window.to);
    if (end > start) stretches.push({ ...list, from: start, to: end, evidence: evidence * share + window.evidence });
  }
}

/**
 * A list cannot tell more than its length allows: rare words whose key shares a bucket with two common ones would else
 * be drowned in the others' rows.
 */
function lessened({ bits, evidence }: Told, share: number): Told {
  return { bits, evidence: evidence * share };
}
