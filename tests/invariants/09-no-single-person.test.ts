import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DossierState, JsonObject } from '@entente/protocol';
import { publicKeyOfFile } from '@entente/wire';
import { sayByAdministration } from '../../packages/station/src/release/administration-act.ts';
import { insertDraft, listDrafts, updateDraft } from '../../packages/station/src/store/drafts.ts';
import { readDraft } from '../../packages/station/src/store/read-content.ts';
import { recordOf } from '../../packages/station/src/store/relations.ts';
import { listOutbox } from '../../packages/station/src/store/outbox.ts';
import { enrol, humanGates, level, request, say, type TestOfficer, wantedAct } from '../support/officers.fixtures.ts';
import { type TestStation, twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

const said = (text: string): JsonObject => ({ language: 'fr', text });

/** Two officers of a house, by their numbers. */
async function officers({ parts }: TestStation): Promise<readonly number[]> {
  const { rows } = await parts.database.query<{ officer: number }>(
    `insert into officer (name, function, roles, unit)
     values ('B. Alami', 'duty-officer', '{officer}', 'desk'), ('C. Idrissi', 'duty-officer', '{officer}', 'desk') returning officer`,
  );
  return rows.map(({ officer }) => officer);
}

async function leave({ station, key }: TestOfficer): Promise<void> {
  const { parts, relation } = station;
  const name = parts.crypto.sha256Hex(publicKeyOfFile(parts.crypto, key));
  await sayByAdministration(parts, relation, 'officer-revoke', { key: name, reason: 'left' });
}

test('an officer leaves from one minute to the next: a colleague ends what he began, and what he signed waits visibly', async () => {
  const { fr, ma } = parties;
  const asking = await enrol(fr, 'o-1');
  const gone = await enrol(ma, 'o-2');
  const colleague = await enrol(ma, 'o-3');
  const [asked] = await say(asking, request);
  assert.ok(asked !== undefined);
  const { dossier, act } = asked;
  await level(fr, ma);
  await say(gone, { type: 'taken-in-charge', dossier, basis: [act], inputs: { at: '2026-11-23T08:05:00.000Z' } });
  await level(fr, ma);
  const [unsent] = await say(gone, {
    type: 'note',
    dossier,
    basis: [act],
    fields: { message: said('À suivre') },
    legalBasis: 'SAFE-37b',
    gates: humanGates,
  });
  const content = { ...wantedAct(request).content, kept: [{ place: 'note', value: 'à finir' }] };
  const [his, hers] = await officers(ma);
  const begun = await insertDraft(ma.parts.database, 1, ma.parts.clock.now(), { dossier, officer: his, content });
  await leave(gone);
  await level(fr, ma);
  const waiting = await listOutbox(ma.parts.database, 1, 10);
  assert.deepEqual(
    waiting.map(({ act: id, held }) => [id, held]),
    [[unsent?.act, 'key-revoked']],
  );
  await assert.rejects(
    say(gone, {
      type: 'note',
      dossier,
      fields: { message: said('Encore') },
      legalBasis: 'SAFE-37b',
      gates: humanGates,
    }),
  );
  const [listed] = await listDrafts(ma.parts.database, 1);
  assert.equal(listed?.draft, begun.draft);
  const reader = { caller: undefined, time: ma.parts.clock.now(), purpose: 'taking over' };
  const left = await readDraft(ma.parts.database, ma.parts.crypto, recordOf(ma.relation), begun.draft, reader);
  assert.deepEqual(left.content.kept, content.kept, 'what he had begun is there for whoever comes after him');
  const taken = await updateDraft(ma.parts.database, 1, begun.draft, begun.changed, ma.parts.clock.now(), {
    dossier,
    officer: hers,
    content,
  });
  assert.equal(taken.officer, hers);
  await say(colleague, {
    type: 'answer',
    dossier,
    basis: [act],
    fields: { answer: said('Retrouvé.') },
    legalBasis: 'SAFE-37b',
    gates: humanGates,
  });
  await level(fr, ma);
  for (const { parts } of [fr, ma]) {
    const { rows } = await parts.database.query<{ folded: DossierState }>(
      'select folded from dossier where dossier = $1',
      [Buffer.from(dossier, 'hex')],
    );
    assert.equal(rows[0]?.folded.state, 'answered');
  }
});
