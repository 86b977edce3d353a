import { join } from 'node:path';
import type { Identity } from '@entente/matching';
import { imperfectDate } from './imperfect-date.ts';
import { identityOf } from './read-pairs.ts';
import { isThere, readTable, refuse } from './read-table.ts';

/** One that is stored and can be found. */
export interface Stored {
  readonly id: string;
  readonly identity: Identity;
}

/** One that is asked for, and which stored one it is. */
export interface Query {
  readonly wanted: string;
  readonly name: Identity;
  /** The same with an imperfect birth date; undefined where the stored one has no birth date. */
  readonly dated: Identity | undefined;
  /** Script of the query `>` script of what is stored, for example `Arab>Latn`. */
  readonly direction: string;
  readonly region: string;
}

export interface Searches {
  /** Whom the queries want, then real others, each a person of his own. */
  readonly stored: readonly Stored[];
  readonly queries: readonly Query[];
}

/** Reads `index.tsv`, `queries.tsv` and, where it is there, `distractors_real.tsv`. @throws Error that says every fault */
export async function readSearches(folder: string, say: (what: string) => void): Promise<Searches> {
  const index = await readTable(join(folder, 'index.tsv'), ['cluster_id', 'name', 'dob']);
  const queriesFile = join(folder, 'queries.tsv');
  const asked = await readTable(queriesFile, ['query_id', 'cluster_id', 'name', 'direction', 'region']);
  const others = join(folder, 'distractors_real.tsv');
  const real = (await isThere(others)) ? await readTable(others, ['cluster_id', 'name', 'dob']) : undefined;
  if (real === undefined) say(`${others} is not there: nobody real is stored beside those who are looked for`);
  const births = new Map(index.map(({ cluster_id, dob }) => [cluster_id, dob]));
  refuse(
    asked.flatMap(({ cluster_id, direction }, at) => [
      ...(births.has(cluster_id) ? [] : [`${queriesFile}:${at + 2}: ${cluster_id} is not in index.tsv`]),
      ...(/^\w+>\w+$/.test(direction) ? [] : [`${queriesFile}:${at + 2}: direction is SCRIPT>SCRIPT`]),
    ]),
  );
  return {
    stored: [...index, ...(real ?? []).filter(({ cluster_id }) => !births.has(cluster_id))].map((row) => ({
      id: row.cluster_id,
      identity: identityOf(row.name, row.dob),
    })),
    queries: asked.map(({ query_id, cluster_id, name, direction, region }) => {
      const dob = births.get(cluster_id) ?? '';
      return {
        wanted: cluster_id,
        name: identityOf(name),
        dated: dob === '' ? undefined : identityOf(name, imperfectDate(dob, query_id)),
        direction,
        region,
      };
    }),
  };
}
