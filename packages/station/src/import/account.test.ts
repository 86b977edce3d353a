import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readFields } from '@entente/protocol';
import type { Json } from '@entente/protocol';
import { findActType, leads } from '@entente/tracks';
import { defaultImportLimits } from './import-limits.ts';
import type { ImportedDraft } from './imported-draft.ts';
import { readSource } from './read-source.ts';
import { valueAt } from './stix.ts';

const folder = join(import.meta.dirname, 'fixtures');
const fields = findActType(leads, 'spontaneous')?.fields ?? [];

/** Counts the properties of a file by other means than the readers. */
function placesIn(name: string, bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('latin1');
  if (name.endsWith('.json')) return leaves(JSON.parse(Buffer.from(bytes).toString()) as Json, '');
  if (name.endsWith('.csv'))
    return text
      .trimEnd()
      .split(/\r?\n/)
      .flatMap((line, i) =>
        line
          .replaceAll(/"(?:[^"]|"")*"/g, 'q')
          .split(/[;\t]/)
          .map((_, j) => `line ${i + 1}, column ${j + 1}`),
      );
  if (name.endsWith('.eml')) return mailPlaces;
  if (name.endsWith('.pdf')) return pdfPlaces;
  return imagePlaces;
}

const headers = (place: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${place}/headers/${i}`);
const mailPlaces = [
  ...headers('', 7).filter((place) => place !== '/headers/2'),
  '/headers/2/0',
  '/headers/2/1',
  '/before',
  '/parts/1/1/body',
  '/parts/1/2/body',
  '/parts/2/body',
  ...headers('/parts/1', 1),
  ...headers('/parts/1/1', 2),
  ...headers('/parts/1/2', 1),
  ...headers('/parts/2', 3),
];
const pdfInfo = [
  'PDFFormatVersion',
  'Language',
  'EncryptFilterName',
  'IsLinearized',
  'IsAcroFormPresent',
  'IsXFAPresent',
];
const pdfPlaces = [
  '/file',
  '/pages/1',
  '/info/IsCollectionPresent',
  '/info/IsSignaturesPresent',
  ...[...pdfInfo, 'Title', 'Author', 'CreationDate'].map((entry) => `/info/${entry}`),
];
const imagePlaces = [
  '/file',
  ...['Bits Per Sample', 'Image Height', 'Image Width', 'Color Components', 'Subsampling', 'FileType'].map(
    (tag) => `/file/${tag}`,
  ),
  ...['Make', 'Exif IFD Pointer', 'GPS Info IFD Pointer', 'DateTimeOriginal'].map((tag) => `/exif/${tag}`),
  ...['GPSLatitude', 'GPSLatitudeRef', 'GPSLongitude', 'GPSLongitudeRef'].map((tag) => `/exif/${tag}`),
];

function leaves(value: Json, place: string): string[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return [place];
  return Object.entries(value).flatMap(([name, member]) =>
    leaves(member, `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

function hasAt(draft: ImportedDraft, pointer: string): boolean {
  const value = valueAt(draft as unknown as Json, pointer);
  return value !== null && value !== '';
}

for (const name of readdirSync(folder)) {
  const bytes = new Uint8Array(readFileSync(join(folder, name)));
  const drafts = await readSource(name, bytes, defaultImportLimits);
  const places = drafts.flatMap(({ taken, kept }) => [...taken, ...kept].map(({ place }) => place)).sort();

  test(`each property of ${name} stands once, in the draft or in the list of what was kept`, () => {
    assert.deepEqual(places, placesIn(name, bytes).sort());
  });

  test(`what was taken from ${name} is where its account says`, () => {
    for (const draft of drafts)
      for (const { to } of draft.taken) for (const pointer of to) assert.ok(hasAt(draft, pointer));
  });

  test(`all that ${name} put into its drafts holds in the fields of the track`, () => {
    const faults = drafts.flatMap((draft) => readFields(fields, draft.fields, '$'));
    // What the facts are is for the officer to say where the source does not.
    assert.deepEqual(
      faults.filter(({ where }) => where !== '$.facts'),
      [],
    );
  });
}
