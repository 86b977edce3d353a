import type { DossierId } from '@entente/protocol';

/** Stands in the house log's index for a whole relation, where a statement is about no single dossier. */
export const wholeRelation: DossierId = '0'.repeat(32) as DossierId;
