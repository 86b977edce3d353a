import { NO_EVIDENCE, tokenEvidence, tokenMatch } from '../spelling/token-evidence.ts';
import { joinedAt } from './prepared-name.ts';
import type { PreparedName, PreparedToken } from './prepared-name.ts';

/** The longest name compared, and the same with every two neighbours joined. */
const MOST = 12;
const ROWS = 2 * MOST;

/**
 * Which words of two names are spellings of each other. One scratch object is overwritten by every alignment, so that a
 * comparison allocates nothing: read it before the next call.
 */
export type Alignment = {
  /** For each token of the left name its partner on the right, −1 where it has none; and the other way. */
  readonly partnerOfLeft: Int8Array;
  readonly partnerOfRight: Int8Array;
  /** Evidence of the match a left (right) token takes part in, in nats, and its share of what was possible. */
  readonly evidenceOfLeft: Float64Array;
  readonly shareOfLeft: Float64Array;
  readonly shareOfRight: Float64Array;
  /** Raw evidence of single tokens, `[left * MOST + right]`. */
  readonly evidence: Float64Array;
  readonly share: Float64Array;
  /** Matches that took two words of one side for one of the other. */
  joins: number;
};

export const alignment: Alignment = {
  partnerOfLeft: new Int8Array(MOST),
  partnerOfRight: new Int8Array(MOST),
  evidenceOfLeft: new Float64Array(MOST),
  shareOfLeft: new Float64Array(MOST),
  shareOfRight: new Float64Array(MOST),
  evidence: new Float64Array(MOST * MOST),
  share: new Float64Array(MOST * MOST),
  joins: 0,
};
/** The share that a match of two words with one is given. */
export const JOINED_SHARE = 0.9;
export const ALIGNMENT_WIDTH: number = MOST;

const grid = new Float64Array(ROWS * ROWS);
/** A match must reach this share of what two equal spellings would: below, words only look a little alike. */
const LEAST_SHARE = 0.25;
/** A joined reading must beat its parts, since two words make a longer and thus stronger match. */
const JOIN_COST = 2;

/** Best matches first: the strongest pair of words is taken, then the strongest of those left. */
export function align(left: PreparedName, right: PreparedName): Alignment {
  const n = Math.min(left.tokens.length, MOST);
  const m = Math.min(right.tokens.length, MOST);
  alignment.partnerOfLeft.fill(-1);
  alignment.partnerOfRight.fill(-1);
  alignment.shareOfLeft.fill(0);
  alignment.shareOfRight.fill(0);
  alignment.evidenceOfLeft.fill(0);
  alignment.joins = 0;
  fillSingles(left, right, n, m);
  fillJoins(left, right, n, m);
  takeBest(n, m);
  return alignment;
}

function fillSingles(left: PreparedName, right: PreparedName, n: number, m: number): void {
  for (let i = 0; i < n; i++) {
    const a = left.tokens[i];
    if (a === undefined) break;
    for (let j = 0; j < m; j++) {
      const b = right.tokens[j];
      if (b === undefined) break;
      const evidence = tokenEvidence(a, b);
      const share = tokenMatch.share;
      alignment.evidence[i * MOST + j] = evidence;
      alignment.share[i * MOST + j] = share;
      grid[i * ROWS + j] =
        share < LEAST_SHARE && a.kind !== 'initial' && b.kind !== 'initial'
          ? NO_EVIDENCE
          : evidence - 0.001 * Math.abs(i - j);
    }
  }
}

/** Rows and columns behind the single tokens stand for two neighbours read as one word. */
function fillJoins(left: PreparedName, right: PreparedName, n: number, m: number): void {
  for (let i = 0; i + 1 < n; i++) {
    for (let j = 0; j < m; j++)
      grid[(n + i) * ROWS + j] = joinEvidence(left, i, right.tokens[j], singleBest(i, j, m, true));
  }
  for (let j = 0; j + 1 < m; j++) {
    for (let i = 0; i < n; i++)
      grid[i * ROWS + m + j] = joinEvidence(right, j, left.tokens[i], singleBest(j, i, m, false));
  }
}

function singleBest(first: number, other: number, m: number, ofLeft: boolean): number {
  if (ofLeft)
    return Math.max(grid[first * ROWS + other] ?? NO_EVIDENCE, grid[(first + 1) * ROWS + other] ?? NO_EVIDENCE);
  return first + 1 < m
    ? Math.max(grid[other * ROWS + first] ?? NO_EVIDENCE, grid[other * ROWS + first + 1] ?? NO_EVIDENCE)
    : NO_EVIDENCE;
}

function joinEvidence(name: PreparedName, at: number, single: PreparedToken | undefined, bestPart: number): number {
  if (single === undefined || single.symbols.length < 5) return NO_EVIDENCE;
  const joined = joinedAt(name, at, single.symbols.length);
  if (joined === undefined) return NO_EVIDENCE;
  const evidence = tokenEvidence(joined, single) - JOIN_COST;
  return evidence > bestPart && tokenMatch.share > 0.5 ? evidence : NO_EVIDENCE;
}

function takeBest(n: number, m: number): void {
  const rows = 2 * n - 1;
  const columns = 2 * m - 1;
  for (;;) {
    let best = 0;
    let row = -1;
    let column = -1;
    for (let i = 0; i < rows; i++) {
      if (isTaken(i, n, alignment.partnerOfLeft)) continue;
      for (let j = 0; j < (i < n ? columns : m); j++) {
        const value = grid[i * ROWS + j] ?? NO_EVIDENCE;
        if (value > best && !isTaken(j, m, alignment.partnerOfRight)) [best, row, column] = [value, i, j];
      }
    }
    if (row < 0) return;
    take(row, column, n, m, best);
  }
}

function isTaken(at: number, count: number, partners: Int8Array): boolean {
  if (at < count) return partners[at] !== -1;
  return partners[at - count] !== -1 || partners[at - count + 1] !== -1;
}

function take(row: number, column: number, n: number, m: number, evidence: number): void {
  const i = row < n ? row : row - n;
  const j = column < m ? column : column - m;
  const joined = row >= n || column >= m;
  const share = joined ? JOINED_SHARE : (alignment.share[i * MOST + j] ?? 0);
  alignment.partnerOfLeft[i] = j;
  alignment.partnerOfRight[j] = i;
  alignment.evidenceOfLeft[i] = evidence;
  alignment.shareOfLeft[i] = share;
  alignment.shareOfRight[j] = share;
  if (!joined) return;
  alignment.joins += 1;
  if (row >= n) {
    alignment.partnerOfLeft[i + 1] = j;
    alignment.shareOfLeft[i + 1] = share;
  } else {
    alignment.partnerOfRight[j + 1] = i;
    alignment.shareOfRight[j + 1] = share;
  }
}
