import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commonActs, notedReasons, refusalCodes, relationTrack } from '@entente/protocol';
import { tracks } from '@entente/tracks';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What stands in backticks in the first cell of a row of any table. */
function listedIn(markdown: string): ReadonlySet<string> {
  return new Set([...markdown.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name ?? ''));
}

/** The part of a document under a heading, up to the next heading of any level. */
function under(markdown: string, heading: string): string {
  const start = markdown.indexOf(heading);
  assert.ok(start >= 0, `no heading ${heading}`);
  const rest = markdown.slice(start + heading.length);
  return rest.slice(0, rest.search(/^#/m));
}

const protocol = read('docs/protocol.md');
const relationActs = relationTrack.acts.map(({ name }) => `relation/${name}`);
const trackActs = tracks.flatMap((track) => track.acts.map(({ name }) => `${track.name}/${name}`));

test('the specification lists exactly the refusal codes of the code', () => {
  assert.deepEqual([...listedIn(under(protocol, '### 25.1'))].toSorted(), [...refusalCodes].toSorted());
});

test('the specification lists exactly the reasons for which an act is noted', () => {
  assert.deepEqual([...listedIn(under(protocol, '### 25.2'))].toSorted(), [...notedReasons].toSorted());
});

test('the specification lists exactly the act types of the code', () => {
  const types = [...relationActs, ...commonActs.map(({ name }) => name), ...trackActs];
  assert.deepEqual([...listedIn(under(protocol, '### 25.3'))].toSorted(), types.toSorted());
});

test('an administrator finds what to do about every refusal and every alarm', () => {
  const guide = read('docs/administrator.md');
  const alarms = [...read('packages/station/src/store/alarms.ts').matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(
    ([, kind]) => kind ?? '',
  );
  assert.ok(alarms.length > 0, 'no alarm was found in the source');
  assert.deepEqual([...listedIn(under(guide, '## Refusals'))].toSorted(), [...refusalCodes].toSorted());
  assert.deepEqual([...listedIn(under(guide, '## Alarms'))].toSorted(), alarms.toSorted());
});

/** The word of the design, and the second words that nobody needs. */
const secondWords: Readonly<Record<string, RegExp>> = {
  act: /\bmessages?\b/i,
  channel: /\b(?:ledger|blockchain)s?\b/i,
  counterpart: /\b(?:peer|partner)s?\b/i,
  dossier: /\b(?:ticket|case file)s?\b/i,
  accord: /\btreat(?:y|ies)\b/i,
  parcel: /\bpackets?\b/i,
  outbox: /\bqueues?\b/i,
  station: /\b(?:hub|gateway)s?\b/i,
};

test('the documents have one word for each thing', () => {
  const documents = ['README.md', ...markdownIn('docs'), ...markdownIn('docs/adr')];
  assert.ok(documents.length > 10, 'the documents were not found');
  const found = documents.flatMap((path) =>
    proseOf(read(path)).flatMap((line, at) =>
      Object.entries(secondWords)
        .filter(([, pattern]) => pattern.test(line))
        .map(([word, pattern]) => `${path}:${at + 1}: ${pattern.exec(line)?.[0]} (say ${word})`),
    ),
  );
  assert.deepEqual(found, []);
});

test('every link between the documents leads somewhere', () => {
  for (const path of ['README.md', ...markdownIn('docs'), ...markdownIn('docs/adr')]) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
    for (const [, target = ''] of read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(join(root, folder, target)), `${path}: ${target}`);
    }
  }
});

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** The lines of a document without what stands in code, where names of the code are allowed. */
function proseOf(markdown: string): readonly string[] {
  let inCode = false;
  return markdown.split('\n').map((line) => {
    if (line.trimStart().startsWith('```')) {
      inCode = !inCode;
      return '';
    }
    return inCode ? '' : line.replaceAll(/`[^`]*`/g, '');
  });
}
