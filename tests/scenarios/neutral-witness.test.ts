import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ActId, type PartyId, Refusal } from '@entente/protocol';
import { c2spCryptoOf, logVkeys, opaqueOrigin, originOf, rootFingerprint, verifyEvidence } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { postToWitness } from '../../packages/station/src/adapters/post-witness.ts';
import { isPinned, tlsIdentity } from '../../packages/station/src/adapters/tls-certificate.ts';
import { askWitnesses, type WitnessAsked } from '../../packages/station/src/custody/ask-witnesses.ts';
import { examine } from '../../packages/station/src/custody/doctor.ts';
import { exportEvidence } from '../../packages/station/src/custody/export-evidence.ts';
import { PeerClient } from '../../packages/station/src/exchange/link/peer-client.ts';
import { startPeerServer } from '../../packages/station/src/exchange/link/peer-server.ts';
import { findWitness } from '../../packages/station/src/exchange/witness-peer.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { exercise, send } from '../support/exercise.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';
import { WitnessProcess } from '../support/witness-process.fixtures.ts';

const seed = new Uint8Array(32).fill(7);
let witness: WitnessProcess;
let parties: TwoParties;
let said: readonly ActId[];
before(async () => {
  witness = await WitnessProcess.start('witness.example', seed);
  parties = await twoParties([witness.vkey]);
  said = await speak(3);
});
after(async () => {
  await parties.close();
  await witness.stop();
});

/** Both say something and receipt it. */
async function speak(count: number): Promise<readonly ActId[]> {
  const { fr, ma } = parties;
  const acts = await exercise(fr, count);
  await send(fr, ma);
  await exercise(ma, 1);
  await send(ma, fr);
  return acts;
}

function opaque({ relation }: TestStation): string {
  const { hash } = relation.authority.accord(relation.own);
  return opaqueOrigin(nodeCrypto, hash, originOf(relation.own, relation.counterpart, 1));
}

async function ask(station: TestStation): Promise<WitnessAsked | undefined> {
  const places = [{ vkey: witness.vkey, url: witness.url }];
  const [asked] = await askWitnesses(station.parts, station.relation, postToWitness(places));
  return asked;
}

async function finding({ parts, relation }: TestStation): Promise<{ state?: string; todo?: string }> {
  return (await examine(parts, [relation])).find(({ name }) => name.includes('witness')) ?? {};
}

test('a witness that does not know our log yet cosigns nothing, and the doctor says what its operator needs', async () => {
  const { fr } = parties;
  assert.deepEqual(await ask(fr), { witness: 'witness.example', outcome: 'refused', status: 404 });
  const { ed25519 } = logVkeys(c2spCryptoOf(nodeCrypto), opaque(fr), fr.relation.ownKeyset.keys.log);
  const { state, todo } = await finding(fr);
  assert.equal(state, 'attention');
  assert.ok(todo?.endsWith(ed25519.text));
  await witness.tell({ log: ed25519.text });
});

test('a witness cosigns our heads as they grow, under an origin that names nobody', async () => {
  const { fr } = parties;
  assert.equal((await ask(fr))?.outcome, 'cosigned');
  assert.equal((await ask(fr))?.outcome, 'cosigned', 'a head that did not grow is shown again');
  await speak(4);
  assert.equal((await ask(fr))?.outcome, 'cosigned');
  assert.equal((await finding(fr)).state, 'well');
  const text = witness.requests.join('');
  assert.match(text, new RegExp(`${opaque(fr)}\\n7\\n`));
  assert.doesNotMatch(text, /fr\/ma|ma\/fr/);
});

test('a witness that remembers another size than we do is asked again from there', async () => {
  const { fr } = parties;
  await fr.parts.database.query('delete from witnessed');
  assert.equal((await ask(fr))?.outcome, 'cosigned');
  const [first, second] = witness.requests.slice(-2);
  assert.match(first ?? '', /^old 0\n/);
  assert.match(second ?? '', /^old 7\n/);
});

test('evidence shows what a neutral witness cosigned, and not once a byte of it has changed', async () => {
  const { fr } = parties;
  const files = await exportEvidence(fr.parts, fr.relation, said[0] ?? assert.fail(), undefined);
  const [first, second] = fr.relation.parties.map((party) =>
    rootFingerprint(nodeCrypto, (party === 'fr' ? fr.relation.ownKeyset : fr.relation.theirKeyset).root),
  );
  assert.ok(first !== undefined && second !== undefined);
  const [witnessed] = verifyEvidence(nodeCrypto, files, [first, second]).witnessed;
  assert.deepEqual([witnessed?.witness, witnessed?.headSize], ['witness.example', 7]);
  for (const [name, bytes] of files) {
    if (!name.startsWith('witnesses/')) continue;
    const at = bytes.length - 8;
    const changed = new Map(files).set(name, bytes.with(at, bytes[at] === 65 ? 66 : 65));
    assert.throws(() => verifyEvidence(nodeCrypto, changed, [first, second]), Refusal, name);
  }
});

test('a witness reads our heads by the key that the accord names, and nothing else; nobody else is served', async () => {
  const { fr } = parties;
  const shown = await tlsIdentity('w' as PartyId, seed);
  const server = await startPeerServer({
    host: '127.0.0.1',
    port: 0,
    identity: await tlsIdentity(fr.relation.own, fr.relation.keys.tls.secretSeed),
    findPeer: (pin) => findWitness(fr.parts, [fr.relation], pin),
    now: () => performance.now(),
    onDefect: (error) => assert.fail(String(error)),
  });
  const address = `https://127.0.0.1:${server.port}`;
  const counterpart = fr.relation.ownKeyset.keys.tls;
  const client = new PeerClient({ address, identity: shown, counterpart });
  const stranger = new PeerClient({
    address,
    identity: await tlsIdentity('w' as PartyId, new Uint8Array(32).fill(8)),
    counterpart,
  });
  try {
    const note = new TextDecoder().decode(await client.readLog(opaque(fr), 'checkpoint'));
    assert.ok(note.startsWith(`${opaque(fr)}\n7\n`));
    await assert.rejects(client.readLog('fr/ma/1', 'checkpoint'), { code: 'relation-unknown' });
    await assert.rejects(client.readLog(opaque(fr), 'tile/0/000.p/7'), { code: 'usage' });
    await assert.rejects(client.readHeads(), { code: 'usage' });
    await assert.rejects(stranger.readLog(opaque(fr), 'checkpoint'), { code: 'link-down' });
    assert.equal(isPinned(counterpart, shown.pin), false);
  } finally {
    await Promise.all([client.close(), stranger.close()]);
    await server.stop();
  }
});

test('a witness that holds another history of our channel is alarmed', async () => {
  const { fr } = parties;
  await witness.tell({ latest: { origin: opaque(fr), size: 5, root: 'ab'.repeat(32) } });
  await fr.parts.database.query('delete from witnessed');
  assert.deepEqual(await ask(fr), { witness: 'witness.example', outcome: 'refused', status: 422 });
  const [alarm] = await listAlarms(fr.parts.database, 1, 1);
  assert.equal(alarm?.kind, 'history-conflict');
  assert.equal(
    (await readChannel(fr.parts.database, 1, fr.relation.own)).stopped,
    undefined,
    'a stranger’s word stops nothing',
  );
});
