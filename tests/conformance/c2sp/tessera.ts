// The test log of transparency-dev/tessera at every size from 0 to 15: `checkpoint.<size>`, its tile and its entries.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appendLeaves,
  consistencyProofFromTiles,
  emptyFrontier,
  inclusionProofFromTiles,
  leafHash,
  readEntryBundle,
  readPolicy,
  rootFromTiles,
  rootOf,
  type Tile,
  tileKey,
  tilesForRoot,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
  writeEntryBundle,
  writeTilePath,
} from '@entente/c2sp';
import { type FamilyResult, startTally } from '../family.ts';
import { crypto, utf8 } from './host-crypto.ts';

export async function runTessera(dir: string): Promise<FamilyResult> {
  const tally = startTally();
  const log = join(dir, 'testdata', 'log');
  const script = readFileSync(join(dir, 'testdata', 'build_log.sh'), 'utf8');
  const vkey = /LOG_PUBLIC_KEY="([^"]+)"/.exec(script)?.[1] ?? assert.fail('no log key');
  const policy = readPolicy(crypto, utf8(`log ${vkey}\nquorum none\n`));
  const readTile = (tile: Tile) => readFileSync(join(log, writeTilePath(tile)));
  const checkpoints = readdirSync(log)
    .filter((name) => name.startsWith('checkpoint'))
    .flatMap((name) => {
      const states = [] as { size: number; root: Uint8Array }[];
      tally.check(name, () => {
        const expect = { expectOrigin: 'example.com/log/testdata' };
        states.push(verifyCheckpoint(crypto, policy, readFileSync(join(log, name)), expect).checkpoint);
      });
      return states;
    });

  for (const { size, root } of checkpoints) {
    tally.check(`root of ${size} from tiles`, () => assert.deepEqual(rootFromTiles(crypto, size, readTile), root));
    if (size === 0) continue;
    const leaves = new Map<number, Uint8Array>();
    tally.check(`entries of ${size}`, () => {
      const bundle = readFileSync(join(log, writeTilePath({ level: 'entries', index: 0, width: size })));
      const entries = readEntryBundle(bundle, size);
      const hashes = entries.map((entry) => leafHash(crypto, entry));
      for (const [index, hash] of hashes.entries()) leaves.set(index, hash);
      assert.deepEqual(Buffer.from(writeEntryBundle(entries)), bundle);
      assert.deepEqual(Buffer.concat(hashes), readTile({ level: 0, index: 0, width: size }));
      assert.deepEqual(tilesForRoot(size).map(tileKey), ['tile/0/000']);
      assert.deepEqual(rootOf(crypto, appendLeaves(crypto, emptyFrontier, hashes).frontier), root);
    });
    for (const [index, leaf] of leaves) {
      tally.check(`inclusion of ${index} in ${size}`, () => {
        const proof = inclusionProofFromTiles(crypto, size, index, readTile);
        verifyInclusion(crypto, { size, root }, index, leaf, proof);
      });
    }
  }
  for (const tree of checkpoints) {
    for (const old of checkpoints.filter(({ size }) => size <= tree.size)) {
      tally.check(`consistency of ${old.size} with ${tree.size}`, () => {
        verifyConsistency(crypto, old, tree, consistencyProofFromTiles(crypto, old.size, tree.size, readTile));
      });
    }
  }
  return tally.result();
}
