import type { Relation } from '../custody/relation.ts';

const turns = new WeakMap<Relation, Promise<void>>();

/**
 * Runs what takes entries of a relation's counterpart one after the other in this process, before it takes a connection:
 * a counterpart that sends much at once waits for itself, and leaves the database to all others (invariant 6).
 */
export async function inTurn<Result>(relation: Relation, verb: () => Promise<Result>): Promise<Result> {
  const before = turns.get(relation);
  const ended = Promise.withResolvers<void>();
  turns.set(relation, ended.promise);
  await before;
  try {
    return await verb();
  } finally {
    ended.resolve();
  }
}
