import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { canonicalJson, readHead, type Refusal, writeHead } from '@entente/protocol';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { prepareActs } from '../../packages/station/src/release/prepare-acts.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { closeReview } from '../../packages/station/src/release/close-review.ts';
import { tellLateReviews } from '../../packages/station/src/release/tell-late-reviews.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import type { Database } from '../../packages/station/src/store/database.ts';
import { listOutbox } from '../../packages/station/src/store/outbox.ts';
import { recordOf } from '../../packages/station/src/store/relations.ts';
import { openReviews } from '../../packages/station/src/store/reviews.ts';
import {
  authorise,
  enrol,
  foldAll,
  humanGates,
  level,
  request,
  say,
  type TestOfficer,
  type Wanted,
  wantedAct,
} from '../support/officers.fixtures.ts';
import { twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let martin: TestOfficer;
let alami: TestOfficer;
before(async () => {
  parties = await twoParties();
  martin = await enrol(parties.fr, 'o-1');
  alami = await enrol(parties.ma, 'o-2');
  await level(parties.fr, parties.ma);
});
after(() => parties.close());

const isRefusal = (code: string) => (error: unknown) => (error as Refusal).code === code;

for (const missing of humanGates) {
  test(`an act whose gate ${missing} nobody passed is not authorised`, async () => {
    const { parts } = parties.fr;
    const before = await listOutbox(parts.database, 1, 10);
    await assert.rejects(
      say(martin, { ...request, gates: humanGates.filter((gate) => gate !== missing) }),
      isRefusal('gate-open'),
    );
    assert.deepEqual(await listOutbox(parts.database, 1, 10), before);
  });
}

test('a gate cut out of the signed bytes is not passed: another head is another act, which nobody signed', async () => {
  const { parts, relation } = parties.fr;
  const author = { officer: 1, function: martin.function, pseudonym: martin.pseudonym };
  const [prepared] = await prepareActs(parts, relation, author, [wantedAct(request)]);
  assert.ok(prepared !== undefined);
  const bare = writeHead({ ...readHead(prepared.head), gates: [] });
  await assert.rejects(authorise([martin], [{ ...prepared, head: bare }]), isRefusal('signature-missing'));
});

test('what was passed stands in the head, its reasoning only as a salted hash and in the house log', async () => {
  const { fr } = parties;
  const [prepared] = await say(martin, request);
  assert.ok(prepared !== undefined);
  const { gates } = readHead(prepared.head);
  assert.deepEqual(
    gates.map(({ gate }) => gate).filter((gate) => (humanGates as readonly string[]).includes(gate)),
    humanGates,
  );
  assert.ok(!Buffer.from(prepared.head).includes('checked against the file'));
  const { rows } = await fr.parts.database.query<{ bytes: Buffer }>(
    `select bytes from house_entry where kind = 'gate'`,
  );
  const kept = rows.flatMap(
    ({ bytes }) => (JSON.parse(bytes.toString()) as { what: { gates: Reasoning[] } }).what.gates,
  );
  for (const { gate, reasoning } of gates.filter((one) => (humanGates as readonly string[]).includes(one.gate))) {
    const said = kept.find((one) => hashOf(one) === reasoning);
    assert.deepEqual([said?.gate, said?.reasoning], [gate, 'checked against the file']);
    assert.equal(Buffer.from(said?.salt ?? '', 'base64').length, 32, 'nobody can guess it from its hash');
  }
});

test('an act that takes up an item is held at release once the item was recalled after signing', async () => {
  const { fr, ma } = parties;
  const [item] = await say(alami, { ...request, handling: { codes: ['H0'] } });
  await level(fr, ma);
  assert.ok(item !== undefined);
  const [reusing] = await say(martin, { ...request, inputs: { ...request.inputs, reuses: [item.act] } });
  await say(alami, {
    type: 'recall',
    dossier: item.dossier,
    basis: [item.act],
    inputs: { of: item.act, ground: 'error' },
  });

  const { size } = await readChannel(fr.parts.database, 1, ma.relation.own);
  const recall = await makeParcel(ma.parts, ma.relation, size);
  assert.ok(recall !== undefined);
  await acceptParcel(fr.parts, fr.relation, recall.sealed);
  await foldAll(fr);
  await level(fr, ma);
  const waiting = await listOutbox(fr.parts.database, 1, 10);
  assert.deepEqual(
    waiting.filter(({ act }) => act === reusing?.act).map(({ held }) => held),
    ['gate-open'],
  );
  const channel = await readChannel(ma.parts.database, 1, fr.relation.own);
  const entries = await readEntries(ma.parts.database, channel, 0 as never, channel.size);
  assert.ok(entries.every(({ act }) => act.toHex() !== reusing?.act));
});

test('gates that the floor waived are reviewed within a day: shown at once, alarmed once when late, closed gate by gate', async () => {
  const { parts, relation } = parties.fr;
  const record = recordOf(relation);
  const [threat] = await say(martin, { ...threatToLife, gates: ['necessity-proportionality', 'torture-risk'] });
  assert.ok(threat !== undefined);
  assert.deepEqual(await openReviews(parts.database, relation.number), [], 'nothing is reviewed that was not released');
  await level(parties.fr, parties.ma);
  const [review, ...more] = await openReviews(parts.database, relation.number);
  assert.deepEqual(more, []);
  assert.ok(review !== undefined);
  assert.deepEqual([review.act, [...review.gates].sort()], [threat.act, ['neutrality', 'third-party-ownership']]);
  assert.equal(review.due, review.released + 24 * 3_600_000);

  assert.equal(await tellLateReviews(parts, relation), 0);
  for (const station of [parties.fr, parties.ma]) station.parts.clock.advance(24 * 3_600_000);
  const told = await Promise.all([1, 2].map(() => tellLateReviews(parts, relation)));
  assert.equal(
    told.reduce((sum, count) => sum + count),
    1,
    'two processes tell it once',
  );
  const [alarm] = await listAlarms(parts.database, 1, 1);
  assert.equal(alarm?.kind, 'review-late');
  assert.match(alarm.what, new RegExp(`${threat.act} passed by the floor without .*neutrality`));

  const finding = (gate: string) => ({ gate, result: 'passed', reasoning: 'looked at since' }) as const;
  const officer = await officerNumber(parts.database);
  const close = (...gates: string[]) => closeReview(parts, record, officer, threat.act, gates.map(finding));
  await assert.rejects(close('neutrality'), isRefusal('gate-open'));
  await assert.rejects(close('neutrality', 'third-party-ownership', 'torture-risk'), isRefusal('field-malformed'));
  await close('neutrality', 'third-party-ownership');
  assert.deepEqual(await openReviews(parts.database, relation.number), []);
  await assert.rejects(close('neutrality', 'third-party-ownership'), isRefusal('already-exists'));
  const { rows } = await parts.database.query<{ bytes: Buffer }>(
    `select bytes from house_entry where kind = 'gate' order by index desc limit 1`,
  );
  assert.ok(rows[0]?.bytes.includes('looked at since') && rows[0].bytes.includes(threat.act));
});

test('a floor act whose gates were all passed needs no review', async () => {
  const { parts, relation } = parties.fr;
  await say(martin, { ...threatToLife, gates: humanGates });
  await level(parties.fr, parties.ma);
  assert.deepEqual(await openReviews(parts.database, relation.number), []);
});

interface Reasoning {
  readonly gate: string;
  readonly reasoning: string;
  readonly salt: string;
}

function hashOf({ gate, reasoning, salt }: Reasoning): string {
  return nodeCrypto.sha256Hex(new TextEncoder().encode(salt + canonicalJson({ gate, reasoning })));
}

async function officerNumber(database: Database): Promise<number> {
  const { rows } = await database.query<{ officer: number }>(
    `insert into officer (name, function, roles, unit) values ('A. Martin', 'duty-officer', '{officer}', 'desk') returning officer`,
  );
  return rows[0]?.officer ?? 0;
}

const threatToLife: Wanted = {
  type: 'threat-to-life',
  inputs: { crimeArea: 'terrorism', purpose: 'prevention' },
  fields: {
    threat: { language: 'fr', text: 'Attentat annoncé' },
    where: {
      placeName: 'Gare de Lyon',
      windowFrom: '2026-11-23T09:00:00.000Z',
      windowUntil: '2026-11-23T12:00:00.000Z',
    },
  },
  legalBasis: 'SAFE-37b',
  floor: true,
};
