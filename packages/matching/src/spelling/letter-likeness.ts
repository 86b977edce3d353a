/** Scratch of three rows: a word has at most 30 letters, two joined at most 60. */
const MOST = 64;
let above = new Uint8Array(MOST);
let before = new Uint8Array(MOST);
let current = new Uint8Array(MOST);

/**
 * What share of the letters of two words of one script stays when one is typed into the other: 1 − edits ÷ letters of the
 * longer, where a wrong, a missing, a further letter and two swapped neighbours are one edit each. In [0, 1].
 */
export function letterLikeness(left: string, right: string): number {
  if (left === right) return 1;
  const n = Math.min(left.length, MOST - 1);
  const m = Math.min(right.length, MOST - 1);
  for (let j = 0; j <= m; j++) before[j] = j;
  for (let i = 1; i <= n; i++) {
    const letter = left.charCodeAt(i - 1);
    current[0] = i;
    for (let j = 1; j <= m; j++) {
      const other = right.charCodeAt(j - 1);
      let edits = Math.min(
        (before[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (before[j - 1] ?? 0) + (letter === other ? 0 : 1),
      );
      if (i > 1 && j > 1 && letter === right.charCodeAt(j - 2) && left.charCodeAt(i - 2) === other) {
        edits = Math.min(edits, (above[j - 2] ?? 0) + 1);
      }
      current[j] = edits;
    }
    [above, before, current] = [before, current, above];
  }
  return 1 - (before[m] ?? 0) / Math.max(n, m);
}
