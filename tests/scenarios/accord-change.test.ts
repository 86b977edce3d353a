import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rootFingerprint, verifyEvidence } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { exportEvidence } from '../../packages/station/src/custody/export-evidence.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { acceptAccordChange, proposeAccordChange, readProposals } from '../../packages/station/src/release/root-act.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { enrol, level, request, say } from '../support/officers.fixtures.ts';
import { twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

test('an accord changes when one root proposes and the other accepts, and acts are judged by the new one', async () => {
  const { fr, ma } = parties;
  const officer = await enrol(fr, 'o-1');
  const { accord: before, hash: old } = fr.relation.authority.accord(fr.relation.own);
  const act = await proposeAccordChange(fr.parts, fr.relation, seedsOf(fr.root.present), {
    ...before,
    quotas: { ...before.quotas, actsPerDay: 1234 },
  });
  await level(fr, ma);
  assert.equal(ma.relation.authority.accord(ma.relation.own).hash, old, 'a proposal binds nobody');
  const [proposal, ...others] = await readProposals(ma.parts, ma.relation);
  assert.ok(proposal !== undefined && proposal.act === act && others.length === 0);
  const { accord } = proposal;
  await acceptAccordChange(ma.parts, ma.relation, seedsOf(ma.root.present), proposal);
  await level(fr, ma);
  for (const { relation } of [fr, ma]) {
    assert.equal(relation.authority.accord(relation.own).hash, accord);
    assert.equal(relation.authority.accord(relation.own).accord.quotas.actsPerDay, 1234);
  }
  const [said] = await say(officer, request);
  await level(fr, ma);
  const channel = await readChannel(ma.parts.database, 1, fr.relation.own);
  const verdicts = await ma.parts.database.query<{ verdict: string | null }>(
    'select verdict from entry where channel = $1',
    [channel.channel],
  );
  assert.ok(
    verdicts.rows.every(({ verdict }) => verdict === null),
    'nothing was without effect',
  );

  const roots = [fr, ma].map(({ relation }) => rootFingerprint(nodeCrypto, relation.ownKeyset.root));
  assert.ok(said !== undefined && roots[0] !== undefined && roots[1] !== undefined);
  for (const { parts, relation } of [fr, ma]) {
    for (const [proved, under] of [
      [said.act, accord],
      [act, old],
    ] as const) {
      const bundle = await exportEvidence(parts, relation, proved, undefined);
      const evidence = verifyEvidence(nodeCrypto, bundle, [roots[0], roots[1]]);
      assert.equal(evidence.accord, under, 'each side proves an act under the accord it was said under');
    }
  }
});
