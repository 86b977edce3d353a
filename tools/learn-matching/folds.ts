import { createHash } from 'node:crypto';
import type { Row } from './data.ts';

export const FOLDS = 5;

/** Which fold a pair belongs to: all names of one person, as far as the tables tell, share a fold. */
export function foldsOf(pairs: readonly Row[]): (row: Row) => number {
  const parent = new Map<string, string>();
  const find = (name: string): string => {
    let at = name;
    for (let next = parent.get(at); next !== undefined && next !== at; next = parent.get(at)) at = next;
    return at;
  };
  for (const row of pairs) {
    const [a, b] = [find(row['name_a'] ?? ''), find(row['name_b'] ?? '')];
    if (row['label'] === '1' && a !== b) parent.set(a, b);
  }
  return (row) => foldOfText(find(row['name_a'] ?? ''));
}

/** The same fold for the same text. */
export function foldOfText(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % FOLDS;
}
