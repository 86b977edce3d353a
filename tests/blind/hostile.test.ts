import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { blindQuery, deriveKey, evaluateBlinded, randomScalar, readElement } from '@entente/matching';
import type { ActId, JsonObject } from '@entente/protocol';
import { tellRelease } from '../../packages/station/src/exchange/wake.ts';
import { writeRelationAct } from '../../packages/station/src/release/write-relation-act.ts';
import { writeStationActs } from '../../packages/station/src/release/station-acts.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { effectiveEntry, listBlindSets } from '../../packages/station/src/store/blind.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { putIntoOutbox } from '../../packages/station/src/store/outbox.ts';
import { authorise } from '../support/officers.fixtures.ts';
import {
  ask,
  type BlindPair,
  type BlindSide,
  blindPair,
  check,
  person,
  publish,
  purpose,
  settled,
  until,
} from '../support/blind.fixtures.ts';

let pair: BlindPair;
let set: string;
before(async () => {
  pair = await blindPair({ queriesPerDay: 100, queriesPerMonth: 100 });
  set = await publish(pair.ma, pair.fr, [person('Karim Haddad')]);
});
after(() => pair.close());

const fresh = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const elements = (): string[] =>
  blindQuery(pair.fr.blind.group, ['somebody'], 8, fresh).map(({ element }) => element.toBase64());

/** A query as a dishonest station would write it, signed by its officer. */
async function query(inputs: JsonObject): Promise<ActId> {
  const { parts, relation, officer } = pair.fr;
  const author = { function: officer.function, pseudonym: officer.pseudonym };
  const statement = { type: 'relation/blind-query', inputs, legalBasis: 'SAFE-37b' } as const;
  const { id, dossier, head, body } = writeRelationAct(parts, relation, statement, author);
  await authorise([officer], [{ act: id, dossier, type: statement.type, head, body, approvals: 1 }]);
  return id;
}

/** What the answering station said to a query, by its own book. */
function saidTo(act: ActId): Promise<string> {
  return until(async () => {
    const { rows } = await pair.ma.parts.database.query<{ said: string }>(
      `select said from blind_asked where query = decode($1, 'hex')`,
      [act],
    );
    return rows[0]?.said;
  }, `an answer to ${act}`);
}

/** What a dishonest station says by itself. */
async function says(side: BlindSide, type: string, inputs: JsonObject): Promise<ActId> {
  const { parts, relation } = side;
  const acts = await transact(parts.database, async (transaction) => {
    const written = await writeStationActs(parts, relation, transaction, [{ type: `relation/${type}`, inputs }]);
    await putIntoOutbox(transaction, relation.number, written);
    await tellRelease(transaction, relation.number);
    return written;
  });
  return Buffer.from(acts[0]?.act ?? []).toString('hex') as ActId;
}

async function alarmOf(side: BlindSide, kind: string, what: string): Promise<Uint8Array | undefined> {
  const found = await until(async () => {
    const alarms = await listAlarms(side.parts.database, 1, 100);
    return alarms.find((alarm) => alarm.kind === kind && alarm.what.includes(what));
  }, `alarm ${kind} of ${what}`);
  return found.proof;
}

test('malformed elements, the identity, too few, another set: each is refused with its reason', async () => {
  const good = elements();
  const [first = ''] = good;
  const malformed = new Uint8Array(32).fill(255).toBase64();
  const identity = new Uint8Array(32).toBase64();
  const cases: readonly (readonly [JsonObject, string])[] = [
    [{ purpose, set, elements: good.with(3, malformed) }, 'element-malformed'],
    [{ purpose, set, elements: good.with(3, identity) }, 'element-identity'],
    [{ purpose, set, elements: good.slice(1) }, 'elements-miscounted'],
    [{ purpose, set, elements: [...good, first] }, 'elements-miscounted'],
    [{ purpose: 'leads/prevention', set, elements: good }, 'purpose-not-agreed'],
    [{ purpose, set: 'ab'.repeat(32), elements: good }, 'set-not-current'],
  ];
  for (const [inputs, reason] of cases) assert.equal(await saidTo(await query(inputs)), reason);
});

test('a query said again under another act is answered once', async () => {
  const good = elements();
  const basis = await query({ purpose, set, elements: good });
  assert.equal(await saidTo(basis), 'answered');
  // The same elements in an act of its own: another head, for the accord allows any order of basis.
  const { parts, relation, officer } = pair.fr;
  const statement = {
    type: 'relation/blind-query',
    inputs: { purpose, set, elements: good },
    legalBasis: 'SAFE-37b',
    basis: [basis],
  } as const;
  const author = { function: officer.function, pseudonym: officer.pseudonym };
  const { id, dossier, head, body } = writeRelationAct(parts, relation, statement, author);
  await authorise([officer], [{ act: id, dossier, type: statement.type, head, body, approvals: 1 }]);
  assert.equal(await saidTo(id), 'query-repeated');
});

test('a query of another form, too many elements, or no legal basis has no effect on either side', async () => {
  const { parts, relation } = pair.fr;
  await assert.rejects(query({ purpose, set: 'no act', elements: elements() }), /inputs-malformed/);
  const many = Array.from({ length: 65 }, (_, at) => elements()[at % 8] ?? '');
  await assert.rejects(query({ purpose, set, elements: many }), /inputs-malformed/);
  const author = { function: 'duty-officer', pseudonym: pair.fr.officer.pseudonym };
  const inputs = { purpose, set, elements: elements() };
  const bare = writeRelationAct(parts, relation, { type: 'relation/blind-query', inputs }, author);
  await assert.rejects(
    authorise([pair.fr.officer], [{ ...bare, act: bare.id, type: 'relation/blind-query', approvals: 1 }]),
    /legal-basis-missing/,
  );
});

test('an answer that names no query of ours is alarmed with its bytes', async () => {
  const proof = new Uint8Array(64).toBase64();
  const act = await says(pair.ma, 'blind-answer', { query: 'cd'.repeat(32), elements: elements(), proof });
  const bytes = await alarmOf(pair.fr, 'blind-answer-invalid', act);
  const entry = await effectiveEntry(pair.fr.parts.database, 1, act);
  assert.deepEqual(bytes && Buffer.from(bytes), entry && Buffer.from(entry.envelope));
});

test('a station that answers under another key, or answers twice, is alarmed, and its answer counts for nothing', async () => {
  const { fr, ma } = pair;
  assert.equal((await check(fr, person('Kareem Hadad'))).state, 'hit');
  await ma.fallSilent();
  const { group } = ma.blind;
  const asked = await ask(fr, person('Kareem Hadad'));
  await until(async () => effectiveEntry(ma.parts.database, 1, asked.act), 'the query');
  const { inputs } = JSON.parse(Buffer.from(asked.head).toString()) as { inputs: { elements: string[] } };
  const blinded = inputs.elements.map((text) => readElement(group, Uint8Array.fromBase64(text)));
  const other = deriveKey(group, fresh(32), new Uint8Array());
  const { evaluated, proof } = evaluateBlinded(group, other, blinded, randomScalar(group, fresh));
  const answer = { query: asked.act, elements: evaluated.map((one) => one.toBase64()), proof: proof.toBase64() };
  const act = await says(ma, 'blind-answer', answer);
  const outcome = await settled(fr, asked.act);
  assert.deepEqual([outcome.state, outcome.reason], ['invalid', 'proof-invalid']);
  assert.ok((await alarmOf(fr, 'blind-answer-invalid', act)) !== undefined);
  const again = await says(ma, 'blind-answer', { ...answer, elements: answer.elements.toReversed() });
  await alarmOf(fr, 'blind-answer-invalid', `${again} is another answer`);
});

test('a table that has not the root its act names is alarmed and never asked', async () => {
  const { fr, ma } = pair;
  const [ours] = await listBlindSets(ma.parts.database, 1, true, purpose);
  assert.ok(ours !== undefined);
  const root = 'ee'.repeat(32);
  const inputs = { purpose, epoch: 1, blindKey: ours.key.toBase64(), pages: ours.pages, root };
  const { rows } = await ma.parts.database.query<{ name: string }>(`select 'x' as name`);
  assert.equal(rows.length, 1);
  const act = await transact(ma.parts.database, async (transaction) => {
    const file = await transaction.query<{ size: number; sha256: string; sealedSize: number; sealedSha256: string }>(
      `select size, encode(sha256, 'hex') as sha256, sealed_size as "sealedSize", encode(sealed_sha256, 'hex') as "sealedSha256"
       from attachment where own`,
    );
    const [sizes] = file.rows;
    assert.ok(sizes !== undefined);
    const attachments = [{ name: 'blind-set', mediaType: 'application/octet-stream', ...sizes }] as never;
    const statement = { type: 'relation/blind-set', inputs, attachments };
    const written = await writeStationActs(ma.parts, ma.relation, transaction, [statement]);
    await putIntoOutbox(transaction, 1, written);
    await tellRelease(transaction, 1);
    return Buffer.from(written[0]?.act ?? []).toString('hex');
  });
  await alarmOf(fr, 'blind-set-differs', act);
  await assert.rejects(ask(fr, person('Karim Haddad')), /blind-set-missing/);
});
