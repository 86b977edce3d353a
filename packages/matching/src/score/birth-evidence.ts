import { LEARNED_BIRTH_EVIDENCE } from '../learned/births.ts';

/** Nats by `BIRTH_FINDINGS`; learned, see tools/learn-matching/learn-births.ts. */
export const BIRTH_EVIDENCE: readonly number[] = LEARNED_BIRTH_EVIDENCE;
