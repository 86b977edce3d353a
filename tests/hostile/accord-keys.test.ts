import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Accord, type ActId, type JsonObject, Refusal, writeAccord } from '@entente/protocol';
import { approveByRoot, keyIdOf, publicKeysOf, writeApproval, writeEnvelope } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { generateRoot, seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import {
  acceptAccordChange,
  proposeAccordChange,
  readProposals,
  sayByRoot,
} from '../../packages/station/src/release/root-act.ts';
import { writeRelationAct } from '../../packages/station/src/release/write-relation-act.ts';
import { keepApprovals } from '../../packages/station/src/store/approvals.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { readEntries } from '../../packages/station/src/store/entries.ts';
import { level } from '../support/officers.fixtures.ts';
import { forceInto } from '../support/says.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

/** The accord in force with another root of MA, as a hostile party writes it. */
function withOtherRoot({ relation }: TestStation): Accord & { readonly previous: NonNullable<Accord['previous']> } {
  const { accord, hash } = relation.authority.accord(relation.own);
  const { ed25519, mldsa44 } = publicKeysOf(nodeCrypto, seedsOf(generateRoot(nodeCrypto).present));
  const root = { ed25519: ed25519.toBase64(), mldsa44: mldsa44.toBase64() };
  const [fr, ma] = accord.parties;
  return { ...accord, previous: hash, parties: [fr, { ...ma, root }] };
}

/** Says what an honest station refuses to propose. */
async function proposeAnyway(station: TestStation, accord: Accord): Promise<ActId> {
  const { parts, relation, root } = station;
  const bytes = writeAccord(accord);
  const { previous } = accord;
  assert.ok(previous !== undefined);
  return sayByRoot(parts, relation, seedsOf(root.present), {
    type: 'relation/accord-proposal',
    inputs: { accord: nodeCrypto.sha256Hex(bytes), previous },
    fields: { accord: bytes.toBase64() },
  });
}

/** Puts an acceptance into one's channel that an honest station neither says nor releases. */
async function acceptAnyway(station: TestStation, inputs: JsonObject): Promise<void> {
  const { parts, relation, root } = station;
  const seeds = seedsOf(root.present);
  const author = { function: 'root', pseudonym: 'root' };
  const { id, head } = writeRelationAct(parts, relation, { type: 'relation/accord-acceptance', inputs }, author);
  const approval = writeApproval(approveByRoot(nodeCrypto, [id], seeds));
  const hash = nodeCrypto.sha256Hex(approval);
  await transact(parts.database, (transaction) => keepApprovals(transaction, 1, new Map([[hash, approval]])));
  const key = keyIdOf(nodeCrypto, { kind: 'root', root: publicKeysOf(nodeCrypto, seeds) });
  await forceInto(station, [{ envelope: writeEnvelope(head, [{ key, approval: hash }]) }]);
}

const lastVerdict = async ({ parts }: TestStation, of: TestStation): Promise<string | undefined> => {
  const channel = await readChannel(parts.database, 1, of.relation.own);
  const verdicts = (await readEntries(parts.database, channel, 0 as never, channel.size)).map(({ verdict }) => verdict);
  return verdicts.findLast((verdict) => verdict !== undefined);
};

test('a station neither proposes nor accepts an accord that names another root', async () => {
  const { fr, ma } = parties;
  const { previous: _, ...change } = withOtherRoot(fr);
  const isRefused = (error: unknown): boolean =>
    error instanceof Refusal && error.code === 'accord-malformed' && error.detail.where === '$.parties[1].root.ed25519';
  await assert.rejects(proposeAccordChange(fr.parts, fr.relation, seedsOf(fr.root.present), change), isRefused);
  await proposeAnyway(fr, withOtherRoot(fr));
  await level(fr, ma);
  const [proposal] = await readProposals(ma.parts, ma.relation);
  assert.ok(proposal !== undefined);
  await assert.rejects(acceptAccordChange(ma.parts, ma.relation, seedsOf(ma.root.present), proposal), isRefused);
});

test('a counterpart that accepts it all the same changes nothing, and both stations say so', async () => {
  const { fr, ma } = parties;
  const { hash: before } = fr.relation.authority.accord(fr.relation.own);
  const accord = withOtherRoot(fr);
  const proposal = await proposeAnyway(fr, accord);
  await level(fr, ma);
  const inputs = { proposal, accord: nodeCrypto.sha256Hex(writeAccord(accord)), previous: before };
  await acceptAnyway(ma, inputs);
  await level(ma, fr);
  for (const station of [fr, ma]) {
    assert.equal(await lastVerdict(station, ma), 'accord-changes-keys');
    for (const party of station.relation.parties) assert.equal(station.relation.authority.accord(party).hash, before);
  }
});
