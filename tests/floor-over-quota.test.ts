import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readChannel } from '../packages/station/src/store/channels.ts';
import { awaitingPrefix } from '../packages/station/src/store/express.ts';
import { exercise } from './support/exercise.fixtures.ts';
import { authorise, enrol, level, newDossier } from './support/says.fixtures.ts';
import { link } from './support/linked.fixtures.ts';
import { twoParties, type TwoParties } from './support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

test('with the quota of the day used up, a threat to life still passes: ahead, shown and answered, and the rest waits', async () => {
  const { fr, ma } = parties;
  const officer = await enrol(fr);
  await level(fr, ma);
  for (const { parts } of [fr, ma]) parts.clock.advance(Date.now() - parts.clock.now());
  const day = Math.floor(ma.parts.clock.now() / 86_400_000);
  await ma.parts.database.query(
    'insert into quota_use select 1, day, 5000000, 0, 0 from unnest($1::int[]) day on conflict (relation, day) do update set acts = 5000000',
    [[day, day + 1]],
  );
  const { size: held } = await readChannel(ma.parts.database, 1, fr.relation.own);
  await exercise(fr, 3);
  const dossier = newDossier(fr);
  const threat = await authorise(officer, { ...threatToLife, dossier });
  await fr.parts.database.query(`update outbox set urgency = 100 where dossier = decode($1, 'hex')`, [dossier]);
  const { parts } = ma;
  const linked = await link(fr, ma);
  const channel = await readChannel(parts.database, 1, fr.relation.own);
  await until(async () => (await awaitingPrefix(parts.database, channel)).length > 0);
  const [shown] = await awaitingPrefix(parts.database, channel);
  assert.equal(shown?.act.toHex(), threat);
  assert.equal(shown.verdict, undefined);
  await linked.stop();
  assert.equal((await readChannel(parts.database, 1, fr.relation.own)).size, held, 'nothing else was taken in');
});

const threatToLife = {
  type: 'leads/threat-to-life',
  floor: true,
  inputs: { crimeArea: 'terrorism', purpose: 'prevention' },
  fields: {},
} as const;

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('it never came to hold');
}
