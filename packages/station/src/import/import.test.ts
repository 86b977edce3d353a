import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Refusal } from '@entente/protocol';
import type { Json, JsonObject, RefusalCode } from '@entente/protocol';
import { decodeText } from './decode-text.ts';
import { defaultImportLimits } from './import-limits.ts';
import type { ImportedDraft } from './imported-draft.ts';
import { Importer, readImport } from './read-import.ts';
import { readSource } from './read-source.ts';

const limits = { ...defaultImportLimits, textBytes: 1_000_000, depth: 20, properties: 20_000 };

async function read(name: string): Promise<ImportedDraft> {
  const [draft] = await readSource(
    name,
    new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', name))),
    limits,
  );
  assert.ok(draft !== undefined);
  return draft;
}

function readText(text: string, name = 'a.json'): Promise<readonly ImportedDraft[]> {
  return readSource(name, Buffer.from(text), limits);
}

function subjects(draft: ImportedDraft, kind: string): readonly JsonObject[] {
  return (draft.fields['subjects'] as readonly JsonObject[]).filter((subject) => subject['kind'] === kind);
}

function refuses(code: RefusalCode, where?: string): (cause: unknown) => boolean {
  return (cause) =>
    cause instanceof Refusal && cause.code === code && (where === undefined || cause.detail.where === where);
}

const kept = (draft: ImportedDraft, place: string): Json | undefined =>
  draft.kept.find((one) => one.place === place)?.value;

test('a TLP:RED marking proposes that the item goes to no court, to nobody else, and says its restriction', async () => {
  const draft = await read('lead.stix.json');
  assert.deepEqual(subjects(draft, 'person')[0]?.['codes'], ['H0', 'H1', 'H2', 'H3']);
  assert.deepEqual(draft.handling.codes, ['H0', 'H1', 'H2', 'H3']);
  assert.match(JSON.stringify(draft.fields['restriction']), /TLP:RED/);
  const said = draft.proposed.find(({ says }) => says.includes('TLP:RED'));
  assert.deepEqual(said?.from, ['/objects/1/object_marking_refs/0', '/objects/1/confidence']);
  assert.equal(kept(draft, '/objects/1/confidence'), 95);
});

test('a marking binds its own item and not its neighbours', async () => {
  const draft = await read('lead.stix.json');
  assert.deepEqual(subjects(draft, 'online-identity')[0]?.['codes'], ['H0', 'H1']);
  assert.deepEqual(subjects(draft, 'place')[0]?.['codes'], ['H0', 'H1', 'H2']);
});

test('a confirmed item is proposed as corroborated and never as better', async () => {
  const draft = await read('lead.stix.json');
  assert.equal(subjects(draft, 'person')[0]?.['information'], '3');
  assert.equal(subjects(draft, 'person')[0]?.['source'], 'X');
});

test('a name that hides its direction reaches no field, and its reason is kept', async () => {
  const draft = await read('lead.stix.json');
  assert.deepEqual(subjects(draft, 'organisation'), []);
  assert.match(draft.kept.find(({ place }) => place === '/objects/2/name')?.why ?? '', /U\+202E/);
});

test('a number that no double holds stays the text that it was', async () => {
  const draft = await read('lead.stix.json');
  assert.equal(kept(draft, '/objects/2/x_count'), '12345678901234567890');
  assert.equal(kept(draft, '/objects/2/x_stars'), 3.5);
});

test('a MISP person keeps her names in their script and a birth date of month precision', async () => {
  const [person] = subjects(await read('lead.misp.json'), 'person');
  assert.deepEqual(person?.['names'], [{ given: 'مريم', family: 'المخترعة', nameKind: 'civil', script: 'Arab' }]);
  assert.deepEqual(person?.['births'], ['1984-03']);
  assert.deepEqual([person?.['source'], person?.['information']], ['B', '4']);
});

test('an attribute that its author deleted goes nowhere', async () => {
  const draft = await read('lead.misp.json');
  assert.equal(kept(draft, '/response/0/Event/Attribute/3/value'), 'gone.example');
  assert.ok(!JSON.stringify(draft.fields).includes('gone.example'));
});

test('a spreadsheet formula reaches no field', async () => {
  assert.ok(!JSON.stringify((await read('lead.misp.json')).fields['subjects']).includes('=cmd'));
  assert.ok(!JSON.stringify((await read('people.csv')).fields).includes('HYPERLINK'));
});

test('a date that can be read two ways is not guessed', async () => {
  const draft = await read('people.csv');
  assert.equal(kept(draft, 'line 2, column 3'), '12/03/1984');
  assert.deepEqual(subjects(draft, 'person')[1]?.['births'], ['1990-12-25']);
});

test('French and Arabic tables of old programs are read in their own encodings', async () => {
  assert.match(JSON.stringify((await read('people.csv')).fields), /Zoé/);
  assert.match(JSON.stringify((await read('people-arabic.csv')).fields), /يوسف/);
  assert.equal(decodeText(Buffer.from('\ufeffnom;âge', 'utf16le')).text, 'nom;âge');
});

test('a mail gives its text, its mailboxes and its parts, and a file name cannot climb', async () => {
  const draft = await read('message.eml');
  assert.match(JSON.stringify(draft.fields['facts']), /Le véhicule est rouge/);
  assert.deepEqual(
    draft.attachments.map(({ name, mediaType, size }) => [name, mediaType, size]),
    [
      ['part-1', 'text/html', 25],
      ['é.._tat.bin', 'application/octet-stream', 4],
    ],
  );
});

test('a photograph says where it was taken', async () => {
  const [place] = subjects(await read('photograph.jpg'), 'place');
  assert.deepEqual([place?.['latitude'], place?.['longitude']], [33.5731, -7.5898]);
});

test('a PDF gives its text page by page and stays attached whole', async () => {
  const draft = await read('report.pdf');
  assert.match(JSON.stringify(draft.fields['statements']), /page 1: The car was seen twice/);
  assert.equal(draft.attachments[0]?.mediaType, 'application/pdf');
});

test('a duplicate key is refused with its place, not read as the last one', async () => {
  await assert.rejects(readText('{"type":"bundle",\n "type":"x"}'), refuses('json-malformed', 'line 2, column 8'));
});

test('JSON that is too deep, too wide or no lead is refused', async () => {
  await assert.rejects(readText('['.repeat(100_000)), refuses('json-too-deep'));
  await assert.rejects(readText(`[${'1,'.repeat(30_000)}1]`), refuses('too-large'));
  await assert.rejects(readText('{"a":1}'), refuses('attachment-malformed'));
  await assert.rejects(readText('{"$schema":"http://json-schema.org/draft-07/schema#"}'), /a JSON schema, not data/);
  await assert.rejects(readText(' '.repeat(1_000_001)), refuses('too-large'));
});

test('millions of quotes and escapes exhaust no stack', async () => {
  const wide = { ...limits, textBytes: 20_000_000 };
  const csv = `nom,tel\n"${'""'.repeat(3_000_000)}",1\n`;
  assert.equal((await readSource('a.csv', Buffer.from(csv), wide)).length, 1);
  const json = `{"threat_level_id":1,"info":"${'\\n'.repeat(3_000_000)}"}`;
  assert.equal((await readSource('a.json', Buffer.from(json), wide)).length, 1);
});

test('a mail bomb of nested parts is refused', async () => {
  const bomb = Array.from({ length: 40 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`);
  await assert.rejects(readText(`Subject: x\r\nMIME-Version: 1.0\r\n${bomb.join('')}`, 'a.eml'), refuses('too-large'));
});

test('a table whose records differ in length is refused: its columns would shift', async () => {
  await assert.rejects(readText('nom,tel\na,b,c\n', 'a.csv'), refuses('attachment-malformed', 'line 2'));
  await assert.rejects(readText('nom,tel\n"a,b\n', 'a.csv'), refuses('attachment-malformed', 'line 2'));
});

test('a table longer than a lead becomes several drafts and loses no row', async () => {
  const rows = Array.from({ length: 450 }, (_, i) => `Nom${i},0600000${i}`);
  const drafts = await readText(`nom,tel\n${rows.join('\n')}\n`, 'a.csv');
  assert.equal(drafts.flatMap((draft) => subjects(draft, 'person')).length, 450);
  assert.ok(drafts.length > 1);
});

test('a file that takes too long is given up, and is attached unread where it can be', async () => {
  const importer = new Importer({ ...limits, milliseconds: 1 });
  const pdf = await importer.read('a.pdf', Buffer.from('%PDF-1.7\n'));
  assert.match(pdf[0]?.kept[0]?.why ?? '', /took over 1 milliseconds/);
  await assert.rejects(importer.read('a.json', Buffer.from('{}')), refuses('too-large'));
  await importer.close();
});

test('a thread that read one file reads the next', async () => {
  const importer = new Importer(limits);
  await assert.rejects(importer.read('a.json', Buffer.from('{')), refuses('json-malformed'));
  const [draft] = await importer.read('a.pdf', Buffer.from('%PDF-1.7\n'));
  assert.equal(draft?.attachments[0]?.size, 9);
  await importer.close();
  await assert.rejects(readImport('a', Buffer.from('words'), limits), refuses('attachment-malformed'));
});
