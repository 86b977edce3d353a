import type { Database } from '../../../packages/station/src/store/database.ts';
import { type LabelledPair, pairTables } from '../read-pairs.ts';
import { proposals, type Searcher } from '../searcher.ts';
import type { PairScorer } from '../scorer.ts';
import { sortedText } from './latin-tokens.ts';

/** The Jaccard index of two lists of Daitch–Mokotoff codes. */
const shareOfCodes = (left: string, right: string): string => `(
  select count(*) filter (where l and r)::float8 / greatest(count(*), 1) from (
    select bool_or(l) as l, bool_or(r) as r from (
      select unnest(${left}) as code, true as l, false as r union all select unnest(${right}), false, true
    ) codes group by code
  ) known)`;

interface Way {
  readonly name: string;
  readonly prepare: string;
  readonly search: string;
}

/** $1 is the transliterated name. */
const ways: readonly Way[] = [
  {
    name: 'pg_trgm GIN',
    prepare: 'create index on stored using gin (name gin_trgm_ops)',
    search: `select id, similarity(name, $1) as score from stored where name % $1 order by score desc limit ${proposals}`,
  },
  {
    name: 'pg_trgm GiST nearest neighbour',
    prepare: 'create index on stored using gist (name gist_trgm_ops(siglen=64))',
    search: `select id, 1 - (name <-> $1) as score from stored order by name <-> $1 limit ${proposals}`,
  },
  {
    name: 'daitch_mokotoff GIN',
    prepare: `alter table stored add codes text[] generated always as (codes_of(name)) stored;
      create index on stored using gin (codes)`,
    search: `select id, ${shareOfCodes('codes', 'codes_of($1)')} as score from stored
      where codes && codes_of($1) order by score desc limit ${proposals}`,
  },
];

/** The same table three times, each with an index of its own. */
export function postgresSearchers(database: Database): readonly (() => Searcher)[] {
  return ways.map(({ name, prepare, search }) => () => ({
    name,
    async put(stored) {
      await database.query('create table if not exists stored (id text, name text)');
      await database.query('insert into stored select * from unnest($1::text[], $2::text[])', [
        stored.map(({ id }) => id),
        stored.map(({ identity }) => sortedText(identity)),
      ]);
    },
    async ready() {
      await database.query(`${prepare}; analyze stored`);
    },
    async search(query) {
      const asked = { name: 'search', text: search, values: [sortedText(query)] };
      return (await database.query<{ id: string; score: number }>({ ...asked, name: `${name} search` })).rows;
    },
    async close() {
      await database.query('drop table stored');
    },
  }));
}

const scores: Readonly<Record<string, string>> = {
  'pg_trgm similarity': 'similarity(l, r)',
  daitch_mokotoff: shareOfCodes('codes_of(l)', 'codes_of(r)'),
};

export function postgresScorers(database: Database): readonly PairScorer[] {
  return Object.entries(scores).map(([name, score]) => ({
    name,
    tables: pairTables,
    async score(pairs: readonly LabelledPair[]) {
      const { rows } = await database.query<{ score: number }>(
        `select ${score}::float8 as score from unnest($1::text[], $2::text[]) with ordinality as pair (l, r, at) order by at`,
        [pairs.map(({ left }) => sortedText(left)), pairs.map(({ right }) => sortedText(right))],
      );
      return rows.map(({ score }) => score);
    },
  }));
}
