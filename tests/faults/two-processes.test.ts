import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { acceptCosigned } from '../../packages/station/src/custody/accept-cosigned.ts';
import { acceptNotice } from '../../packages/station/src/custody/accept-notice.ts';
import { HighWater } from '../../packages/station/src/custody/high-water.ts';
import { foldAll } from '../../packages/station/src/dossiers/fold-dossiers.ts';
import { openFolding } from '../../packages/station/src/dossiers/folding.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { listAlarms } from '../../packages/station/src/store/alarms.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { exercise, parcelFrom, send } from '../support/exercise.fixtures.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { restart } from '../support/restore.fixtures.ts';
import { rootNotice } from '../support/root-notice.fixtures.ts';
import { information, newDossier, says } from '../support/says.fixtures.ts';
import { TestClock } from '../support/two-parties.fixtures.ts';

let desks: TwoDesks;
beforeEach(async () => (desks = await twoDesks()));
afterEach(() => desks.close());

test('two processes of a station never lower its high-water mark, whichever writes last', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-mark-'));
  try {
    const url = desks.fr.parts.database.options.connectionString ?? '';
    const child = new URL('../support/raise-high-water.fixtures.ts', import.meta.url).pathname;
    const processes = [1, 2].map((first) =>
      spawn(process.execPath, [child, url, folder, String(first), '800'], { stdio: 'inherit' }),
    );
    const codes = await Promise.all(
      processes.map(async (one) => {
        await once(one, 'exit');
        return one.exitCode;
      }),
    );
    assert.deepEqual(codes, [0, 0]);
    assert.equal((await new HighWater(folder).read('fr/ma/1'))?.size, 800);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a process whose clock is behind the other’s cosigns no earlier than what was said without seeing it', async () => {
  const { fr, ma } = desks;
  await send(fr, ma);
  await send(ma, fr);
  const other = await restart(fr);
  const clock = new TestClock();
  clock.advance(3000);
  const ahead = { ...other, parts: { ...other.parts, clock } };
  try {
    await exercise(ma, 1);
    const { size } = await readChannel(fr.parts.database, 1, ma.relation.own);
    const parcel = await parcelFrom(ma, size);
    await exercise(fr, 1);
    await releaseParcel(ahead.parts, ahead.relation);
    const accepted = await acceptParcel(fr.parts, fr.relation, parcel.sealed);
    await acceptCosigned(ma.parts, ma.relation, accepted.cosigned.note);
    await send(fr, ma);
    assert.deepEqual(await listAlarms(ma.parts.database, 1, 10), []);
  } finally {
    await other.parts.database.end();
  }
});

test('an epoch that opens while another process erases waits for it, and neither fails', async () => {
  const { fr, ma, officers } = desks;
  await send(fr, ma);
  const { size, root } = await readChannel(fr.parts.database, 1, fr.relation.own);
  const dossier = newDossier(fr);
  const item = await says(officers.fr, { type: 'leads/spontaneous', dossier, inputs: information, fields: {} });
  await foldAll(fr.parts, desks.foldings.fr);
  await says(officers.fr, { type: 'leads/erase', dossier, inputs: { of: item, ground: 'error' } });
  const other = await restart(fr);
  const pin = await fr.parts.database.connect();
  try {
    await pin.query('begin');
    await pin.query(`select from dossier where dossier = decode($1, 'hex') for update`, [dossier]);
    const folding = foldAll(other.parts, openFolding(other.parts.crypto, other.relation));
    await waiting(1);
    const notice = rootNotice(fr, 'epoch-notice', { epoch: 2, common: { size, root: root.toHex() } });
    const opening = acceptNotice(fr.parts, fr.relation, notice);
    await waiting(2);
    await pin.query('commit');
    assert.deepEqual(
      (await Promise.allSettled([folding, opening])).map(({ status }) => status),
      ['fulfilled', 'fulfilled'],
    );
  } finally {
    pin.release(true);
    await other.parts.database.end();
  }

  /** Until so many connections wait for a lock. */
  async function waiting(count: number): Promise<void> {
    for (;;) {
      const { rows } = await fr.parts.database.query<{ locked: number }>(
        `select count(*)::int as locked from pg_stat_activity where wait_event_type = 'Lock'`,
      );
      if ((rows[0]?.locked ?? 0) >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});
