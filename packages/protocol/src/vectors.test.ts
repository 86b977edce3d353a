import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { foldDossier, lineUp, readBody, readHead, Refusal, stateBytes, writeBody, writeHead } from './index.ts';
import type { ActId, LinedAct, LogSize, Parties, PartyId, Track } from './index.ts';

const folder = new URL('../../../tests/vectors/', import.meta.url);
const lines = (path: string): string[] => readFileSync(new URL(path, folder), 'utf8').trimEnd().split('\n');

test('every valid act of the vectors is read, written back byte for byte, and has its id', () => {
  const sums = lines('acts/valid/SHA256SUMS').map((line) => line.split('  '));
  assert(sums.length >= 9);
  for (const [id, name = ''] of sums) {
    const bytes = readFileSync(new URL(`acts/valid/${name}`, folder));
    const again = name.endsWith('.head.json') ? writeHead(readHead(bytes)) : writeBody(readBody(bytes));
    assert.deepEqual(Buffer.from(again), bytes, name);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), id, name);
  }
});

test('every invalid act of the vectors is refused with its code', () => {
  const expected = lines('acts/invalid/REFUSALS').map((line) => line.split(' '));
  assert.equal(expected.length, readdirSync(new URL('acts/invalid/', folder)).length - 1);
  for (const [code, name = ''] of expected) {
    const bytes = readFileSync(new URL(`acts/invalid/${name}`, folder));
    assert.throws(
      () => (name.endsWith('.head.json') ? readHead(bytes) : readBody(bytes)),
      (error) => error instanceof Refusal && error.code === code,
      name,
    );
  }
});

interface CutVector {
  readonly parties: Parties;
  readonly track: Omit<Track, 'fold' | 'words' | 'counters'>;
  readonly channels: Readonly<
    Record<string, readonly { id: string; seen: number; verdict: LinedAct['verdict']; head: string }[]>
  >;
  readonly line: readonly string[];
  readonly state: string | null;
}

test('every cut of the vectors folds to its state, byte for byte', () => {
  const names = readdirSync(new URL('cuts/', folder));
  assert(names.length >= 9);
  for (const name of names) {
    const vector = JSON.parse(readFileSync(new URL(`cuts/${name}`, folder), 'utf8')) as CutVector;
    const track: Track = { ...vector.track, fold: (data) => data, words: {}, counters: [] };
    const entries = Object.entries(vector.channels).flatMap(([party, entries]) =>
      entries.map((entry, index) => ({ ...entry, party: party as PartyId, index })),
    );
    for (const { id, head } of entries) assert.equal(createHash('sha256').update(head).digest('hex'), id);
    const line = lineUp(entries.toReversed(), vector.parties);
    assert.deepEqual(
      line.map(({ party, index, rank }) => `${party} ${index} rank ${rank}`),
      vector.line,
      name,
    );
    const lined = line.map(({ id, head, party, index, seen, rank, verdict }) => ({
      id: id as ActId,
      head: readHead(new TextEncoder().encode(head)),
      position: { party, epoch: 0, index: index as LogSize },
      rank,
      seen: seen as LogSize,
      verdict,
    }));
    const state = foldDossier(track, lined);
    assert.equal(state === undefined ? null : new TextDecoder().decode(stateBytes(state)), vector.state, name);
  }
});
