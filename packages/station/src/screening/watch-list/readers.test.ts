import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '@entente/protocol';
import { readBirth } from './read-birth.ts';
import { readCsvList } from './read-csv-list.ts';
import { readFtm } from './read-ftm.ts';
import { readUn } from './read-un.ts';
import { rowLimits, type RowRead } from './row-read.ts';

async function* inPieces(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(rows: AsyncGenerator<RowRead>): Promise<readonly RowRead[]> {
  return Array.fromAsync(rows);
}

function entries(rows: readonly RowRead[]): readonly Extract<RowRead, { kind: 'entry' }>[] {
  return rows.filter((row) => row.kind === 'entry');
}

function refused(rows: readonly RowRead[]): readonly string[] {
  return rows.flatMap((row) => (row.kind === 'refused' ? [`${row.line}: ${row.reason}`] : []));
}

test('the UN list gives names in every script, dates of every kind, places and documents; a row without an id is named', async () => {
  const file = new URL('../fixtures/consolidated.xml', import.meta.url);
  const rows = await all(readUn(createReadStream(file)));
  assert.deepEqual(refused(rows), ['36: id-missing']);
  const [larbi, yassine, nadia, company] = entries(rows);
  assert.deepEqual(larbi?.said.identity, {
    names: ['MOHAMED LARBI BERRAZOUK', 'محمد العربي برازوق', 'Mohammed al-Arabi Barazuq'],
    births: ['1984-03-12'],
    birthplaces: ['Tanger'],
    documents: [{ kind: 'passport', number: 'ZZ0000001', issuer: 'Nowhere' }],
    sex: 'male',
  });
  assert.equal(larbi?.details['COMMENTS1'], 'Nobody & nothing of this exists.');
  assert.deepEqual(yassine?.said.identity?.births, ['~1979', '1977/1981']);
  assert.deepEqual(nadia?.said.identity?.births, []);
  assert.deepEqual(nadia?.remarks, [{ reason: 'date-unread', what: 'INDIVIDUAL_DATE_OF_BIRTH' }]);
  assert.deepEqual(
    [company?.said.kind, company?.said.identity?.names],
    ['organisation', ['INVENTED TRADING COMPANY', 'ITC']],
  );
});

test('a list that defines entities of its own, as a billion laughs do, is refused before any of them grows', async () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l><INDIVIDUAL>&b;</INDIVIDUAL></l>`;
  await assert.rejects(all(readUn(inPieces(laughs))), refusalOf('list-malformed', /document type/));
  await assert.rejects(
    all(readUn(inPieces('<l><INDIVIDUAL>&b;</INDIVIDUAL></l>'))),
    refusalOf('list-malformed', /entity/),
  );
});

test('an element or a text without end is bounded, and what is no XML is refused with its line', async () => {
  const long = `<l><INDIVIDUAL><DATAID>1</DATAID>${'<A>x</A>'.repeat(rowLimits.bytes / 2)}</INDIVIDUAL></l>`;
  assert.deepEqual(refused(await all(readUn(inPieces(long, 65_536)))), ['1: row-too-long']);
  const endless = `<l><INDIVIDUAL><DATAID>${'1'.repeat(3 * rowLimits.bytes)}`;
  await assert.rejects(all(readUn(inPieces(endless, 65_536))), refusalOf('list-malformed', /does not end/));
  await assert.rejects(all(readUn(inPieces('<l>\n<INDIVIDUAL></l>'))), refusalOf('list-malformed', /./, /line 2/));
  const deep = '<a>'.repeat(40);
  await assert.rejects(all(readUn(inPieces(deep))), refusalOf('list-malformed', /within each other/));
});

test('FollowTheMoney entities become persons, organisations and numbers; every other line is named with its reason', async () => {
  const lines = [
    '{"id":"p1","schema":"Person","properties":{"name":["Nadia Zerwalani","نادية زروالاني"],"birthDate":["1990"],"passportNumber":["AB 12345"],"gender":["female"]}}',
    '{"id":"o1","schema":"Company","properties":{"name":["Société inventée"],"registrationNumber":["RC 4711-0"]}}',
    '{"id":"v1","schema":"Vehicle","properties":{"registrationNumber":["WW-123-ZZ"]}}',
    '{"id":"a1","schema":"Address","properties":{"full":["nowhere"]}}',
    '{"schema":"Person","properties":{"name":["X"]}}',
    'not json',
    '',
    '{"id":"p2","schema":"Person","properties":{"birthDate":["1990-02-31"]}}',
    '{"id":"p3","schema":"Person","properties":{"firstName":["Driss"],"lastName":["Oumazzine"],"birthDate":["1990-02-31"]}}',
    '{"id":"p4","schema":"constructor","properties":{"name":["X"]}}',
  ];
  const rows = await all(readFtm(inPieces(lines.join('\n'))));
  assert.deepEqual(refused(rows), [
    '4: kind-not-compared',
    '5: id-missing',
    '6: row-malformed',
    '8: nothing-to-compare',
    '10: kind-not-compared',
  ]);
  const [nadia, company, car, driss] = entries(rows);
  assert.deepEqual(nadia?.said.identity?.documents, [{ kind: 'passport', number: 'AB 12345' }]);
  assert.deepEqual(company?.said.numbers, [{ kind: 'registration', number: 'RC 4711-0' }]);
  assert.deepEqual([car?.said.kind, car?.said.identity], ['vehicle', undefined]);
  assert.deepEqual([driss?.said.identity?.names, driss?.remarks.length], [['Driss Oumazzine'], 1]);
});

test('a table is read by its headings in French or Arabic, by a mapping, and keeps what it has no column for', async () => {
  const table = [
    'Réf;Nom;Prénom;Né le;Lieu de naissance;Autre nom;Dossier',
    '1;Berrazouk;Karim;12/03/1984;Tanger;برازوق كريم;K-17',
    '2;"Zer""walani";Nadia;00/00/1990;;;',
    '3;trop;court',
    ';;;;;;',
    '4;Oumazzine;Driss;le printemps;;;',
  ].join('\r\n');
  const rows = await all(readCsvList(inPieces(table), { 'Autre nom': 'alias', Réf: 'id' }));
  assert.deepEqual(refused(rows), ['4: row-malformed', '5: nothing-to-compare']);
  const [karim, nadia, driss] = entries(rows);
  assert.equal(karim?.entry, '1');
  assert.deepEqual(karim?.said.identity?.names, ['Karim Berrazouk', 'برازوق كريم']);
  assert.deepEqual([karim?.said.identity?.births, karim?.details], [['1984-03-12'], { Dossier: 'K-17' }]);
  assert.deepEqual([nadia?.said.label, nadia?.said.identity?.births], ['Nadia Zer"walani', ['1990']]);
  assert.deepEqual(driss?.remarks, [{ reason: 'date-unread', what: 'birth' }]);
  const arabic = await all(readCsvList(inPieces('الاسم,تاريخ الازدياد\nنادية زروالاني,١٩٩٠-٠٢-٠٣\n')));
  assert.deepEqual(entries(arabic)[0]?.said.identity?.births, ['1990-02-03']);
});

test('a table without a column to compare, with a quote that never ends, or in another encoding is refused whole', async () => {
  await assert.rejects(all(readCsvList(inPieces('a,b\n1,2\n'))), refusalOf('list-malformed', /no column/));
  await assert.rejects(all(readCsvList(inPieces('name\n"Karim\nNadia\n'))), refusalOf('list-malformed', /QUOTE/));
  await assert.rejects(all(readCsvList(inPieces(''))), refusalOf('list-malformed', /empty/));
  const latin1 = (async function* () {
    yield Buffer.from('name\nHélène\n', 'latin1');
  })();
  await assert.rejects(all(readCsvList(latin1)), refusalOf('list-malformed', /UTF-8/));
});

test('dates of birth are read as lists write them, and what is no date is none', () => {
  const read: Readonly<Record<string, string | undefined>> = {
    '1984': '1984',
    '1984-03': '1984-03',
    '1984-03-12': '1984-03-12',
    '12/03/1984': '1984-03-12',
    '1.3.1984': '1984-03-01',
    '00/00/1984': '1984',
    '00/03/1984': '1984-03',
    '1984-00-00': '1984',
    'c. 1984': '~1984',
    'vers 1984': '~1984',
    '1980 to 1984': '1980/1984',
    '1980-1984': '1980/1984',
    '١٩٨٤': '1984',
    '31/02/1984': undefined,
    '12/13/1984': undefined,
    '0012': undefined,
    spring: undefined,
    '': undefined,
  };
  for (const [written, expected] of Object.entries(read)) assert.equal(readBirth(written), expected, written);
});

test('whatever a file holds, every line of it is read or refused, and nothing else happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.json(), fc.string())), async (lines) => {
      const text = lines.map((line) => line.replaceAll(/[\r\n]/g, ' ')).filter((line) => line.trim() !== '');
      assert.equal((await all(readFtm(inPieces(text.join('\n'), 64)))).length, text.length);
    }),
    { numRuns: 100 },
  );
});

function refusalOf(code: string, what: RegExp, where = /(?:)/): (error: unknown) => boolean {
  return (error) =>
    error instanceof Refusal &&
    error.code === code &&
    what.test(error.detail.what ?? '') &&
    where.test(error.detail.where ?? '');
}
