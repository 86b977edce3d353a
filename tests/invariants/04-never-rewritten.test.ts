import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { appendLeaves, emptyFrontier, leafHash, rootOf } from '@entente/c2sp';
import type { ActId, DossierId, LogSize } from '@entente/protocol';
import { readEnvelope, writeLeaf } from '@entente/wire';
import { reapplyErasures } from '../../packages/station/src/dossiers/reapply-erasures.ts';
import { readAct } from '../../packages/station/src/exchange/weigh-entry.ts';
import { seenRoot } from '../../packages/station/src/exchange/write-entries.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { information, level, newDossier, says, stateOf } from '../support/says.fixtures.ts';
import type { TestStation } from '../support/two-parties.fixtures.ts';

let desks: TwoDesks;
let dossier: DossierId;
let item: ActId;
before(async () => {
  desks = await twoDesks();
  const { fr, ma, officers } = desks;
  dossier = newDossier(fr);
  item = await says(officers.fr, {
    type: 'leads/spontaneous',
    dossier,
    inputs: information,
    fields: { secret: 'a name' },
  });
  await level(fr, ma);
  await desks.fold();
});
after(() => desks.close());

test('an erasure removes the body at each side as it says so, and nothing else', async () => {
  const { fr, ma, officers } = desks;
  const before = await snapshot(ma, fr);
  await ma.parts.database.query(
    `insert into draft (draft, relation, dossier, made, changed, content) values (gen_random_uuid(), 1, decode($1, 'hex'), 0, 0, $2)`,
    [dossier, { inputs: { of: item } }],
  );
  const erase = await says(officers.fr, { type: 'leads/erase', dossier, inputs: { of: item, ground: 'data-subject' } });
  await level(fr, ma);
  await desks.fold();
  assert.equal(await bodyOf(fr, item), null, 'who demands it erases at once');
  assert.notEqual(await bodyOf(ma, item), null, 'the other side has not answered yet');
  await says(officers.ma, { type: 'leads/erase-answer', dossier, inputs: { of: erase, answer: 'erased' } });
  await level(fr, ma);
  await desks.fold();
  assert.equal(await bodyOf(ma, item), null);
  const after = await snapshot(ma, fr);
  assert.deepEqual(after.slice(0, before.length), before, 'envelopes, leaves and hashes are as they were');
  const { rows } = await ma.parts.database.query('select from draft');
  assert.equal(rows.length, 0, 'a draft that names the act is gone too');
  const { head } = readAct(ma.parts.crypto, (await entryOf(ma, item)).envelope, undefined);
  assert.match(head?.body ?? '', /^[0-9a-f]{64}$/, 'the mute hash of the body stays');
  assert.deepEqual(await stateOf(fr, dossier), await stateOf(ma, dossier));
});

test('a channel with erased bodies verifies to the very roots that were signed, at both sides', async () => {
  const { fr, ma } = desks;
  for (const holder of [fr, ma]) {
    for (const owner of [fr, ma]) {
      const { root, channel } = await rebuilt(holder, owner);
      assert.equal(root, Buffer.from(channel.root).toString('hex'));
    }
  }
});

test('an act erased before it was sent is accepted without its body, and stands in the channel all the same', async () => {
  const { fr, ma, officers } = desks;
  const early = await says(officers.fr, { type: 'leads/note', dossier, fields: { note: 'gone before it left' } });
  await says(officers.fr, { type: 'leads/erase', dossier, inputs: { of: early, ground: 'error' } });
  await desks.fold();
  await level(fr, ma);
  await desks.fold();
  assert.equal(await bodyOf(ma, early), null);
  assert.equal((await stateOf(ma, dossier))?.acts.find(({ id }) => id === early)?.effect, 'effective');
  assert.deepEqual(await stateOf(fr, dossier), await stateOf(ma, dossier));
});

test('a recall the counterpart refuses to purge erases nothing, and one it purges erases at its side only', async () => {
  const { fr, ma, officers } = desks;
  const [kept, purged] = [
    await says(officers.fr, { type: 'leads/note', dossier, fields: { note: 'kept' } }),
    await says(officers.fr, { type: 'leads/note', dossier, fields: { note: 'purged' } }),
  ];
  await level(fr, ma);
  for (const [act, answer] of [
    [kept, 'refused'],
    [purged, 'purged'],
  ] as const) {
    const recall = await says(officers.fr, { type: 'leads/recall', dossier, inputs: { of: act, ground: 'error' } });
    await level(fr, ma);
    const inputs = { of: recall, answer, ...(answer === 'refused' ? { ground: 'R7' } : {}) };
    await says(officers.ma, { type: 'leads/recall-answer', dossier, inputs });
    await level(fr, ma);
  }
  await desks.fold();
  assert.notEqual(await bodyOf(ma, kept), null);
  assert.equal(await bodyOf(ma, purged), null);
  assert.notEqual(await bodyOf(fr, purged), null, 'the owner keeps what is its own');
});

test('a restore that brings an erased body back removes it again before anything is served', async () => {
  const { ma, foldings } = desks;
  await ma.parts.database.query('update entry set body = $2 where act = $1', [
    Buffer.from(item, 'hex'),
    Buffer.from('{}'),
  ]);
  assert.equal(await reapplyErasures(ma.parts, foldings.ma), 1);
  assert.equal(await bodyOf(ma, item), null);
  assert.equal(await reapplyErasures(ma.parts, foldings.ma), 0);
});

async function entryOf({ parts }: TestStation, act: ActId): Promise<{ envelope: Uint8Array; body: Uint8Array | null }> {
  const { rows } = await parts.database.query<{ envelope: Uint8Array; body: Uint8Array | null }>(
    'select envelope, body from entry where act = $1',
    [Buffer.from(act, 'hex')],
  );
  assert.ok(rows[0] !== undefined);
  return rows[0];
}

async function bodyOf(station: TestStation, act: ActId): Promise<Uint8Array | null> {
  return (await entryOf(station, act)).body;
}

/** All of a channel but bodies, as hexadecimal digits. */
async function snapshot({ parts }: TestStation, owner: TestStation): Promise<readonly string[]> {
  const channel = await readChannel(parts.database, 1, owner.relation.own);
  const entries = await readEntries(parts.database, channel, 0 as LogSize, channel.size);
  return entries.map(({ index, time, seen, act, leaf, envelope }) =>
    [index, time, seen, ...[act, leaf, envelope].map((bytes) => Buffer.from(bytes).toString('hex'))].join(),
  );
}

/** A channel's root worked out anew from envelopes alone. */
async function rebuilt(
  { parts }: TestStation,
  owner: TestStation,
): Promise<{ root: string; channel: Awaited<ReturnType<typeof readChannel>> }> {
  const { crypto, database } = parts;
  const channel = await readChannel(database, 1, owner.relation.own);
  const other = await readChannel(database, 1, owner.relation.counterpart);
  const entries = await readEntries(database, channel, 0 as LogSize, channel.size);
  const leaves: Uint8Array[] = [];
  for (const entry of entries) {
    const { envelope, time, seen } = entry;
    const act = crypto.sha256Hex(readEnvelope(envelope).headBytes) as ActId;
    const root = await seenRoot(database, other.channel, entry);
    leaves.push(
      leafHash(crypto, writeLeaf({ act, envelope: crypto.sha256Hex(envelope), time, seen: { size: seen, root } })),
    );
  }
  return {
    root: Buffer.from(rootOf(crypto, appendLeaves(crypto, emptyFrontier, leaves).frontier)).toString('hex'),
    channel,
  };
}
