import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { defaultScreening, type ScreeningTerms } from '@entente/protocol';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import type { Relation } from '../custody/relation.ts';
import { now, startStation, type Station, tell } from '../http/http.fixtures.ts';
import { transact } from '../store/database.ts';
import { readEvents } from '../store/events.ts';
import { type MatchSummary, pageMatches } from '../store/matches.ts';
import type { RelationRecord } from '../store/relations.ts';
import { LikenessSearch } from './likeness-search.ts';
import { screenDue } from './screen-due.ts';
import { takeTheirSubjects } from './take-subjects.ts';

let station: Station;
let likeness: LikenessSearch;
before(async () => {
  station = await startStation();
  likeness = new LikenessSearch(station.postgres.url);
});
after(async () => {
  await likeness.stop();
  await station.stop();
});

/** Both relations under accords with these terms. */
function relationsUnder(terms: Partial<ScreeningTerms>): readonly Relation[] {
  const accord = { screening: { ...defaultScreening, ...terms } };
  return [station.relation, station.other].map(({ relation, own }) => ({
    number: relation,
    own,
    authority: { accord: () => ({ accord }) },
  })) as unknown as readonly Relation[];
}

async function received(relation: RelationRecord, dossier: string, family: string): Promise<void> {
  const names = [{ given: 'Driss', family, script: 'Latn', nameKind: 'civil' }];
  const fields = { subjects: [{ kind: 'person', names, births: ['1991-05-06'] }] };
  const act = await tell(station, relation, { from: 'theirs', dossier, fields });
  await transact(station.database, async (transaction) => {
    const { rows } = await transaction.query<{ envelope: Buffer; body: Buffer }>(
      'select envelope, body from entry where act = $1',
      [Buffer.from(act, 'hex')],
    );
    const entries = rows.map((row) => ({ ...row, act: Buffer.from(act, 'hex'), verdict: undefined }));
    await takeTheirSubjects(transaction, nodeCrypto, relation.relation, entries);
  });
}

async function screen(terms: Partial<ScreeningTerms>): Promise<void> {
  const parts = { database: station.database, crypto: nodeCrypto, clock: { now: () => now } };
  const screening = { parts, relations: relationsUnder(terms), likeness };
  while ((await screenDue(screening)) > 0);
}

async function matches(all: boolean): Promise<readonly MatchSummary[]> {
  const none = { state: undefined, dossier: undefined, draft: undefined, before: undefined };
  return (await pageMatches(station.database, { relation: station.relation.relation, all, limit: 10, ...none })).items;
}

test('under accords that do not say so, one name in two relations is nobody’s match', async () => {
  await received(station.relation, 'c0'.repeat(16), 'Oumazzine');
  await received(station.other, 'c1'.repeat(16), 'Oumazzine');
  await screen({});
  assert.deepEqual(await matches(true), []);
});

test('where both accords say so, the same request by another relation is told to who may know both, and to nobody else', async () => {
  await received(station.relation, 'c2'.repeat(16), 'Castagnevert');
  await received(station.other, 'c3'.repeat(16), 'Castagnevert');
  await screen({ acrossRelations: true });
  const [match, ...more] = await matches(true);
  assert.deepEqual(more, []);
  assert.equal(match?.use, 'other-road');
  assert.deepEqual(new Set([match?.left.relation, match?.right.relation]), new Set(['fr-es', 'fr-ma']));
  assert.deepEqual(await matches(false), []);
  const kind = 'match-proposed';
  const heard = await readEvents(station.database, 0, { relation: undefined, kind });
  assert.deepEqual(
    heard.map(({ relation, what }) => [relation, Object.keys(what).toSorted().join()]),
    [[null, 'match,use']],
  );
  for (const { relation } of [station.relation, station.other])
    assert.deepEqual(await readEvents(station.database, 0, { relation, kind }), []);
});
