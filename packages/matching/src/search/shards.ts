import { compareCandidates } from './candidate.ts';
import type { Candidate } from './candidate.ts';
import { hashText } from './mix-hash.ts';

/**
 * Which of `count` processes holds a key. Each counts how rare names are by itself: names fall to processes by chance, so
 * their shares agree, and so does the evidence, to within what a name's few bearers vary.
 */
export function shardOf(key: string, count: number): number {
  return hashText(key) % count;
}

/** One answer from those of all processes. */
export function mergeCandidates(answers: Iterable<readonly Candidate[]>, limit: number): readonly Candidate[] {
  return [...answers].flat().toSorted(compareCandidates).slice(0, limit);
}
