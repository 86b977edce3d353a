// FiloSottile/sunlight: checkpoints of a static-ct log, its witnesses and its mirror, and the tiles of a real log.
// The tiles beside those checkpoints are placeholders; the log `navigli2025h2` has true tiles and entries but no checkpoint.
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appendLeaves,
  consistencyProofFromTiles,
  inclusionProofFromTiles,
  leafHash,
  readBase64,
  readCheckpoint,
  readKnownVkey,
  readFrontier,
  readNote,
  rootFromTiles,
  rootOf,
  type Tile,
  tileKey,
  tilesForConsistency,
  tilesIn,
  verifyConsistency,
  verifyInclusion,
  verifyNoteSignature,
  writeNote,
  writeTilePath,
} from '@entente/c2sp';
import { type FamilyResult, startTally } from '../family.ts';
import { crypto, utf8 } from './host-crypto.ts';

export async function runSunlight(dir: string): Promise<FamilyResult> {
  const tally = startTally();
  const skylight = join(dir, 'cmd', 'skylight', 'testdata');
  const json = (...path: string[]) =>
    JSON.parse(readFileSync(join(skylight, ...path), 'utf8')) as Record<string, unknown>;
  const cosigned = [
    ['witness', 'rome2026h1.example.org', json('witness', 'witness.v0.json')],
    ['witness2', 'milan2026h1.example.org', json('witness2', 'witness.v0.json')],
    ['witness/mirror', 'rome2026h1.example.org', json('witness', 'mirror', 'mirror.v0.json')],
  ] as const;
  for (const [folder, origin, description] of cosigned) {
    tally.check(`checkpoint of ${folder}`, () => {
      const hash = Buffer.from(crypto.sha256(utf8(origin))).toString('hex');
      const bytes = readFileSync(join(skylight, folder, hash, 'checkpoint'));
      const note = readNote(bytes);
      assert.equal(readCheckpoint(note.text).origin, origin);
      assert.equal(writeNote(note.text, note.signatures), bytes.toString());
      const [vkey] = description['verifier_keys'] as readonly string[];
      assert.ok(verifyNoteSignature(crypto, note, readKnownVkey(crypto, vkey ?? '')));
    });
  }
  tally.check('checkpoint of the log', () => checkLogSignature(json('tree', 'log.v3.json'), join(skylight, 'tree')));

  const readFile = (tile: Tile) => readFileSync(join(dir, 'testdata', 'navigli2025h2', writeTilePath(tile)));
  const files = [0, 1, 2, 3].map((index) => readFile({ level: 0, index, width: 256 }));
  const size = 1024;
  const { frontier, complete } = appendLeaves(crypto, readFrontier(0, new Uint8Array(0)), files.flatMap(readHashes));
  const tiles = new Map(files.map((file, index) => [tileKey({ level: 0, index }), file]));
  // Level 1 is not in the folder: its hashes are those that appending completed.
  tiles.set(tileKey({ level: 1, index: 0 }), Buffer.concat(complete[1]?.hashes ?? []));
  const readTile = tilesIn(tiles);
  const root = rootOf(crypto, frontier);
  tally.check('the partial tile is the beginning of the full one', () => {
    const partial = readFile({ level: 0, index: 3, width: 10 });
    assert.deepEqual(files[3]?.subarray(0, partial.length), partial);
  });
  for (const old of [1, 255, 256, 257, 512, 768, 778, 1023]) {
    tally.check(`consistency of ${old} with ${size}`, () => {
      assert.ok(tilesForConsistency(old, size).length <= 3);
      const oldRoot = rootFromTiles(crypto, old, readTile);
      const proof = consistencyProofFromTiles(crypto, old, size, readTile);
      verifyConsistency(crypto, { size: old, root: oldRoot }, { size, root }, proof);
    });
  }
  for (const index of [0, 1, 2, 3]) {
    const data = readFileSync(join(dir, 'testdata', 'navigli2025h2', 'tile', 'data', `00${index}`));
    for (const [at, leaf] of readMerkleTreeLeaves(data).entries()) {
      tally.check(`leaf ${index * 256 + at}`, () => {
        const proof = inclusionProofFromTiles(crypto, size, index * 256 + at, readTile);
        verifyInclusion(crypto, { size, root }, index * 256 + at, leafHash(crypto, leaf), proof);
      });
    }
  }
  return tally.result();
}

function readHashes(tile: Buffer): readonly Uint8Array[] {
  return Array.from({ length: tile.length / 32 }, (_, at) => tile.subarray(at * 32, at * 32 + 32));
}

/** A type 5 signature is an RFC 6962 TreeHeadSignature, which this library reads but leaves to the host to verify. */
function checkLogSignature(description: Record<string, unknown>, dir: string): void {
  const note = readNote(readFileSync(join(dir, 'checkpoint')));
  const { size, root } = readCheckpoint(note.text);
  const bytes = note.signatures[0]?.signature ?? assert.fail('no signature');
  const treeHead = Buffer.alloc(50);
  treeHead[1] = 1;
  treeHead.set(bytes.subarray(0, 8), 2);
  treeHead.writeBigUInt64BE(BigInt(size), 10);
  treeHead.set(root, 18);
  const key = createPublicKey({
    key: Buffer.from(readBase64(String(description['key']))),
    format: 'der',
    type: 'spki',
  });
  assert.ok(verify('sha256', treeHead, key, bytes.subarray(12)));
}

/** Takes the RFC 6962 MerkleTreeLeaf of each entry out of a data tile of static-ct-api. */
function readMerkleTreeLeaves(data: Buffer): readonly Uint8Array[] {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < data.length;) {
    const precertificate = data.readUInt16BE(at + 8) === 1;
    const certificate = at + 10 + (precertificate ? 32 : 0);
    const extensions = certificate + 3 + data.readUIntBE(certificate, 3);
    const end = extensions + 2 + data.readUInt16BE(extensions);
    leaves.push(Buffer.concat([Buffer.alloc(2), data.subarray(at, end)]));
    const chain = precertificate ? end + 3 + data.readUIntBE(end, 3) : end;
    at = chain + 2 + data.readUInt16BE(chain);
  }
  return leaves;
}
