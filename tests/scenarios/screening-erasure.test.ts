import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DossierId, JsonObject } from '@entente/protocol';
import { SearchRoom } from '../../packages/station/src/screening/search-room.ts';
import { publishSnapshot, writeSnapshot } from '../../packages/station/src/store/subject-rooms.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import { information, level, newDossier, says } from '../support/says.fixtures.ts';
import { person, screeningAt, type TestScreening } from '../support/screening.fixtures.ts';

let desks: TwoDesks;
let screening: TestScreening;
before(async () => {
  desks = await twoDesks();
  screening = screeningAt(desks.ma);
});
after(async () => {
  await screening.stop();
  await desks.close();
});

const room = 'relation/1/person';

async function informed(subjects: readonly JsonObject[]): Promise<{ dossier: DossierId; act: string }> {
  const { fr, ma, officers } = desks;
  const dossier = newDossier(fr);
  const said = { type: 'leads/spontaneous', dossier, inputs: information, fields: { subjects } };
  const act = await says(officers.fr, said);
  await level(fr, ma);
  await desks.fold();
  return { dossier, act };
}

async function subjectsHeld(): Promise<number> {
  const { rows } = await desks.ma.parts.database.query<{ held: number }>(
    'select count(*)::int as held from subject where act is not null',
  );
  return rows[0]?.held ?? 0;
}

test('a subject goes with the body it was read from: from tables, matches, snapshot and search, in one transaction', async () => {
  const { fr, ma, officers } = desks;
  const { database } = ma.parts;
  const erased = await informed([person('Hélène', 'Vauquelande', ['1970-05-06'])]);
  await informed([person('Helene', 'Vauquelande', ['1970-05-06'])]);
  await screening.screen();
  assert.equal((await screening.matches()).length, 1);
  const held = new SearchRoom(room);
  await held.catchUp(database);
  const whom = { names: ['Hélène Vauquelande'] };
  assert.equal(held.search(whom, 10, 0.5).length, 2);
  await writeSnapshot(database, room, [new Uint8Array([1])]);
  const { rows } = await database.query<{ last: number }>('select last from subject_room where room = $1', [room]);
  assert.ok(await publishSnapshot(database, room, rows[0]?.last ?? 0));
  const inputs = { of: erased.act, ground: 'data-subject' };
  const asked = await says(officers.fr, { type: 'leads/erase', dossier: erased.dossier, inputs });
  await level(fr, ma);
  await desks.fold();
  assert.equal(await subjectsHeld(), 2, 'this side has not answered yet');
  await says(officers.ma, {
    type: 'leads/erase-answer',
    dossier: erased.dossier,
    inputs: { of: asked, answer: 'erased' },
  });
  await level(fr, ma);
  await desks.fold();
  assert.equal(await subjectsHeld(), 1);
  assert.deepEqual(await screening.matches(), []);
  const left = await database.query('select from subject_snapshot where room = $1', [room]);
  assert.equal(left.rowCount, 0);
  await held.catchUp(database);
  assert.equal(held.search(whom, 10, 0.5).length, 1);
});

test('a snapshot that somebody left while it was written does not count', async () => {
  const { database } = desks.ma.parts;
  const { rows } = await database.query<{ last: number }>('select last from subject_room where room = $1', [room]);
  const before = rows[0]?.last ?? 0;
  await writeSnapshot(database, room, [new Uint8Array([1])]);
  await informed([person('Mathieu', 'Montreuillard')]);
  assert.ok(!(await publishSnapshot(database, room, before)));
  assert.equal((await database.query('select from subject_snapshot')).rowCount, 0);
});

test('a room is the same whether it followed every change or was read whole, and from a snapshot with what came since', async () => {
  const { database } = desks.ma.parts;
  const following = new SearchRoom('list/1/person');
  const rows = (from: number, to: number): string =>
    Array.from(
      { length: to - from },
      (_, at) => `N${from + at},${invented(from + at)},19${50 + ((from + at) % 50)}\n`,
    ).join('');
  await screening.take({ name: 'long', text: `id,name,dob\n${rows(0, 12_000)}` });
  await following.catchUp(database);
  await following.keep(database);
  assert.equal(
    (await database.query(`select from subject_room where room = 'list/1/person' and snapshot is not null`)).rowCount,
    1,
  );
  const again = await screening.take({ name: 'long', text: `id,name,dob\n${rows(0, 12_010)}` });
  assert.deepEqual([again.added, again.changed, again.removed], [10, 0, 0]);
  await following.catchUp(database);
  const restored = new SearchRoom('list/1/person');
  await restored.catchUp(database);
  await database.query('delete from subject_snapshot');
  const whole = new SearchRoom('list/1/person');
  await whole.catchUp(database);
  for (const held of [following, restored, whole]) {
    assert.equal(held.size, 12_010);
    const [found] = held.search({ names: [invented(12_005)], births: ['1955'] }, 3, 0);
    assert.ok(found?.explain().terms.some(({ right }) => right === invented(12_005)));
  }
});

/** A name of syllables that only this number has. */
function invented(number: number): string {
  const syllables = [
    'ba',
    'dri',
    'fo',
    'gul',
    'ha',
    'ke',
    'lam',
    'mou',
    'ni',
    'ras',
    'su',
    'tan',
    'vel',
    'zo',
    'char',
    'wi',
  ];
  const word = (from: number): string => [0, 4, 8].map((bits) => syllables[(from >> bits) & 15] ?? '').join('');
  return `${word(number)} ${word((number * 2654435761) >>> 8)}${syllables[number >> 12] ?? ''}`;
}

test('a hostile name is no reason to refuse a parcel, to stop screening or to lose a match', async () => {
  const hostile = ['👻'.repeat(300), 'a'.repeat(600), ' '.repeat(50), '\ufdfa'.repeat(150), '1234'];
  const before = await subjectsHeld();
  await informed([
    ...hostile.map((name) => person(name, name, ['0000', '9999-99-99'])),
    person('Karim', 'Delacombière', ['1990']),
  ]);
  assert.ok((await subjectsHeld()) > before);
  await screening.take({
    name: 'one',
    purposes: ['leads/prevention', 'leads/investigation'],
    text: 'id,name,dob\nK,Karim Delacombiere,1990\n',
  });
  await screening.screen();
  assert.ok((await screening.matches()).some(({ right }) => right.list === 'one'));
  const due = await desks.ma.parts.database.query('select from screening_due');
  assert.equal(due.rowCount, 0);
});
