import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  canonicalJson,
  foldDossier,
  lineUp,
  readCanonicalJson,
  readHead,
  stateBytes,
  writeHead,
} from '@entente/protocol';
import type { DossierState, Head, Json, LinedAct, LogSize, PartyId } from '@entente/protocol';
import { leads } from './index.ts';
import { idOf } from './story.fixtures.ts';
import { leadsVectorsHash } from './vectors-hash.ts';

/**
 * One file of `vectors/`, JSON Lines in JCS: what it is about and the parties in the order of the accord; a line for each
 * act, all effective, with its index in its author's channel and how much it had seen; the state that they fold to. An
 * act's id is the SHA-256 of its head in JCS.
 */
interface Vector {
  readonly about: string;
  readonly parties: readonly [PartyId, PartyId];
  readonly acts: readonly { readonly index: LogSize; readonly seen: LogSize; readonly head: Head }[];
  readonly state: DossierState;
}

const folder = join(import.meta.dirname, 'vectors');
const files = readdirSync(folder).sort();

// After a change of the rules, on purpose: ENTENTE_WRITE_VECTORS=1 writes the states anew; then the accords must change.
if (process.env['ENTENTE_WRITE_VECTORS'] === '1') {
  for (const file of files)
    writeFileSync(join(folder, file), written({ ...read(file), state: fold(read(file).acts, read(file)) }));
}

for (const file of files) {
  const vector = read(file);
  test(`vector ${file}: ${vector.about}`, () => {
    assert.deepEqual(fold(vector.acts, vector), vector.state);
  });
}

test('the vectors fold to the same bytes in whatever order their acts arrive', () => {
  for (const file of files) {
    const vector = read(file);
    assert.deepEqual(stateBytes(fold(vector.acts.toReversed(), vector)), stateBytes(fold(vector.acts, vector)), file);
  }
});

test('every head of the vectors is one that a station would read', () => {
  for (const file of files) for (const { head } of read(file).acts) readHead(writeHead(head));
});

test('every act type of the track stands in some vector', () => {
  const said = new Set(files.flatMap((file) => read(file).acts.map(({ head }) => head.type)));
  assert.deepEqual(
    leads.acts.map(({ name }) => `leads/${name}`).filter((type) => !said.has(type)),
    [],
  );
});

test('the hash that accords name is that of `sha256sum *.jsonl | sha256sum` in the vectors’ folder', () => {
  const sums = files.map((file) => `${sha256(readFileSync(join(folder, file)))}  ${file}\n`);
  assert.equal(sha256(sums.join('')), leadsVectorsHash);
});

function fold(acts: Vector['acts'], { parties }: Vector): DossierState {
  const placed = acts.map(({ index, seen, head }) => ({ index, seen, head, party: head.from }));
  const line = lineUp(placed, parties).map(({ index, seen, head, party, rank }): LinedAct => ({
    id: idOf(head),
    head,
    position: { party, epoch: 0, index },
    rank,
    seen,
    verdict: { kind: 'effective' },
  }));
  const state = foldDossier(leads, line);
  assert.ok(state !== undefined);
  return state;
}

function read(file: string): Vector {
  const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').map(readCanonicalJson);
  const [first, ...rest] = lines as unknown as readonly [
    Pick<Vector, 'about' | 'parties'>,
    ...Vector['acts'][number][],
  ];
  const last = rest.pop() as unknown as Pick<Vector, 'state'>;
  return { ...first, acts: rest, ...last };
}

function written({ acts, state, ...first }: Vector): string {
  return [first, ...acts, { state }].map((line) => `${canonicalJson(line as unknown as Json)}\n`).join('');
}

function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
