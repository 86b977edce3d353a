import { pairKey, singleKey, toldBy } from './class-keys.ts';
import type { NameQuery, QueryPart } from './name-query.ts';
import type { NearClass } from './query-words.ts';
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
  for (const [at, part] of name.parts.entries()) {
    for (const { spellingClass, closeness } of part.word.classes.slice(0, SINGLE_CLASSES)) {
      const told = toldBy(rarity(spellingClass), closeness);
      addStretches(
        stretches,
        segment.singles,
        rowCount(segment),
        singleKey(spellingClass),
        { bits: part.bits, evidence: told },
        NOTHING,
        near,
      );
    }
    for (const other of name.parts.slice(at + 1))
      if ((part.bits & other.bits) === 0) addPairs(stretches, segment, part, other, years, rarity);
  }
  return stretches.sort((a, b) => b.evidence - a.evidence);
}

const SINGLE_CLASSES = 12;
const PAIR_CLASSES = 12;

function addPairs(
  stretches: Stretch[],
  segment: Segment,
  left: QueryPart,
  right: QueryPart,
  years: readonly RowWindow[],
  rarity: RarityOfClass,
): void {
  const told = ({ bits }: QueryPart, { spellingClass, closeness }: NearClass): Told => ({
    bits,
    evidence: toldBy(rarity(spellingClass), closeness),
  });
  for (const a of left.word.classes.slice(0, PAIR_CLASSES)) {
    for (const b of right.word.classes.slice(0, PAIR_CLASSES)) {
      if (a.spellingClass === b.spellingClass) continue;
      addStretches(
        stretches,
        segment.pairs,
        rowCount(segment),
        pairKey(a.spellingClass, b.spellingClass),
        told(left, a),
        told(right, b),
        years,
      );
    }
  }
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
