import { writeFileSync } from 'node:fs';
import { readName } from '../../packages/matching/src/names/reading.ts';
import { STEPS_PER_NAT } from '../../packages/matching/src/spelling/learned-table.ts';
import { rarityKey } from '../../packages/matching/src/spelling/rarity-key.ts';
import { skeletonOf } from '../../packages/matching/src/spelling/skeleton.ts';

/** Rarer than this in the training lists is not told apart from unseen. */
const LEAST_SEEN = 3;

/** Counts the parts of training names by consonant skeleton and writes `learned/rarity.ts`: hashes and levels, no name. */
export function learnRarity(names: readonly string[], target: string): void {
  const counts = new Map<number, number>();
  let total = 0;
  for (const name of names) {
    const reading = readName(name);
    if (reading.kind === 'refused') continue;
    for (const token of reading.tokens) {
      const key = rarityKey(skeletonOf(token), token.affixes);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      total += 1;
    }
  }
  const kept = [...counts].filter(([, count]) => count >= LEAST_SEEN).toSorted(([a], [b]) => a - b);
  const levels = Uint8Array.from(kept, ([, count]) =>
    Math.min(255, Math.round(-Math.log(count / total) * STEPS_PER_NAT)),
  );
  const hashes = Uint8Array.from(kept.flatMap(([key]) => [key >>> 16, (key >>> 8) & 255, key & 255]));
  writeFileSync(
    target,
    [
      '// Written by tools/learn-matching: how often consonant skeletons occur, as hashes and −ln of shares; see spelling/rarity.ts.',
      `export const RARE = ${(-Math.log(1.2 / total)).toFixed(2)};`,
      `export const RARITY_HASHES =\n  '${Buffer.from(hashes).toString('base64')}';`,
      `export const RARITY_LEVELS =\n  '${Buffer.from(levels).toString('base64')}';`,
      '',
    ].join('\n'),
  );
}
