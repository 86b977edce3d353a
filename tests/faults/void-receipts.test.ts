import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type LogSize, writeInstant } from '@entente/protocol';
import { acceptCosigned } from '../../packages/station/src/custody/accept-cosigned.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { sendFrom } from '../../packages/station/src/custody/caught-up.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { exercise, parcelFrom, send } from '../support/exercise.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
before(async () => (parties = await twoParties()));
after(() => parties.close());

test('receipts that a compromised counterpart gave since then are void, and the tail goes again until it is receipted anew', async () => {
  const { fr, ma } = parties;
  const own = (): ReturnType<typeof readChannel> => readChannel(fr.parts.database, 1, fr.relation.own);
  await exercise(fr, 2);
  await send(fr, ma);
  const trusted = await own();
  await exercise(fr, 3);
  await send(fr, ma);
  const { size, cosigned } = await own();
  assert.equal(cosigned?.size, size);
  const theirs = await readChannel(ma.parts.database, 1, ma.relation.own);
  const notice = rootNotice(ma, 'compromise-notice', {
    since: writeInstant(ma.parts.clock.now()),
    own: { size: theirs.size, root: theirs.root.toHex() },
    theirs: { size: trusted.size, root: trusted.root.toHex() },
    keys: [],
  });
  for (const station of [fr, ma]) station.parts.clock.advance(2000);
  for (const { parts, relation } of [ma, fr]) assert.equal(await acceptNotice(parts, relation, notice), 'compromise');
  assert.equal((await own()).cosigned, undefined, 'nothing proves custody of the tail any more');
  const from = (): Promise<LogSize> => sendFrom(fr.parts, fr.relation, size);
  assert.equal(await from(), trusted.size, 'whatever it says it holds');
  await acceptCosigned(fr.parts, fr.relation, cosigned?.note ?? '');
  assert.equal(await from(), trusted.size, 'the same receipt shown again is as void as before');

  const again = await parcelFrom(fr, trusted.size);
  const accepted = await acceptParcel(ma.parts, ma.relation, again.sealed);
  assert.equal(accepted.fresh, 0, 'it held them all the time');
  await acceptCosigned(fr.parts, fr.relation, accepted.cosigned.note);
  assert.equal(await from(), size);
  assert.equal((await own()).cosigned?.size, size);
});
