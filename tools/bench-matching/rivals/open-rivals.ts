import type { PairScorer } from '../scorer.ts';
import type { Searcher } from '../searcher.ts';
import { doubleMetaphoneScorer, doubleMetaphoneSearcher } from './double-metaphone.ts';
import { jaroWinklerScorer, jaroWinklerSearcher } from './jaro-winkler.ts';
import { startRivalDatabase } from './postgres.ts';
import { postgresScorers, postgresSearchers } from './postgres-rivals.ts';
import { installPythonRivals, nomenklaturaScorer, splinkScorer } from './python.ts';

export interface Rivals {
  readonly scorers: readonly PairScorer[];
  /** Each makes one that holds nothing yet. */
  readonly searchers: readonly (() => Searcher)[];
  /** What cannot be had here, and why. */
  readonly absent: readonly string[];
  close(): Promise<void>;
}

/** Everything that can be had on this machine: the first time the rivals in Python are installed. */
export async function openRivals(): Promise<Rivals> {
  const absent: string[] = [];
  const unless = (name: string) => (error: unknown) => {
    absent.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  };
  const postgres = await startRivalDatabase().catch(unless('pg_trgm and daitch_mokotoff in PostgreSQL'));
  const python = await installPythonRivals().then(
    () => [nomenklaturaScorer, splinkScorer],
    unless('nomenklatura and splink'),
  );
  return {
    scorers: [
      jaroWinklerScorer,
      doubleMetaphoneScorer,
      ...(postgres === undefined ? [] : postgresScorers(postgres.database)),
      ...(python ?? []),
    ],
    searchers: [
      jaroWinklerSearcher,
      doubleMetaphoneSearcher,
      ...(postgres === undefined ? [] : postgresSearchers(postgres.database)),
    ],
    absent,
    close: async () => postgres?.close(),
  };
}
