import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { prepareCheck } from '../../packages/station/src/blind/prepare-check.ts';
import { refreshSets } from '../../packages/station/src/blind/refresh-sets.ts';
import { listBlindSets } from '../../packages/station/src/store/blind.ts';
import { listChecks } from '../../packages/station/src/store/blind-checks.ts';
import { type BlindPair, blindPair, check, person, publish, purpose } from '../support/blind.fixtures.ts';

let pair: BlindPair;
before(async () => {
  pair = await blindPair();
  await publish(pair.ma, pair.fr, [person('Karim Haddad')]);
});
after(() => pair.close());

test('a set is published anew once it has half the age the accord allows, and not before', async () => {
  const { ma } = pair;
  const sets = async (): Promise<number> => (await listBlindSets(ma.parts.database, 1, true, purpose)).length;
  await refreshSets(ma.blind, ma.relation);
  assert.equal(await sets(), 1);
  await ma.parts.database.query('update blind_set set made = made - 16::bigint * 86400000');
  await refreshSets(ma.blind, ma.relation);
  assert.equal(await sets(), 2);
});

test('a check that nobody signed is forgotten after a day, one that was asked is not', async () => {
  const { fr } = pair;
  await publish(pair.ma, fr, [person('Karim Haddad')]);
  const asked = await check(fr, person('Karim Haddad'));
  const author = { officer: 1, function: fr.officer.function, pseudonym: fr.officer.pseudonym };
  const wanted = { purpose, legalBasis: 'SAFE-37b', identity: person('Karim Haddad') } as const;
  await prepareCheck(fr.blind, fr.relation, author, wanted);
  assert.equal((await listChecks(fr.parts.database, 1, 10)).length, 2);
  await fr.parts.database.query('update blind_check set made = made - 2 * 86400000');
  await refreshSets(fr.blind, fr.relation);
  const left = await listChecks(fr.parts.database, 1, 10);
  assert.deepEqual(
    left.map(({ act }) => act),
    [asked.act],
  );
});
