import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readHead, type Refusal, writeHead } from '@entente/protocol';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { prepareActs } from '../../packages/station/src/release/prepare-acts.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { listOutbox } from '../../packages/station/src/store/outbox.ts';
import {
  authorise,
  enrol,
  foldAll,
  humanGates,
  level,
  request,
  say,
  type TestOfficer,
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
  assert.ok(rows.some(({ bytes }) => bytes.includes('checked against the file')));
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
