// String constants of the tests of transparency-dev/formats: verifier keys, signing keys, notes, signature lines.
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cosign,
  type KnownVerifierKey,
  makeVkey,
  readBase64,
  readCheckpoint,
  readNote,
  readSignatureLines,
  readVkey,
  verifyNote,
  verifyNoteSignature,
  writeNote,
  writeSignatureLines,
  writeVkey,
} from '@entente/c2sp';
import { type FamilyResult, startTally } from '../family.ts';
import { crypto, utf8 } from './host-crypto.ts';

type Kind = 'vkeys' | 'skeys' | 'notes' | 'signature_lines';
type Vectors = Readonly<Record<Kind, readonly { readonly value: string }[]>>;

/** A key made again without its id: the id is not that of c2sp.org/tlog-cosignature, and the Go code never looks at it. */
const STALE = 'test+5893dc2c+';

/** PKCS #8 around a 32-byte Ed25519 seed (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export async function runFormats(dir: string): Promise<FamilyResult> {
  const tally = startTally();
  const vectors = JSON.parse(readFileSync(join(dir, 'vectors-extracted.json'), 'utf8')) as Vectors;
  const known: KnownVerifierKey[] = [];

  for (const { value } of vectors.vkeys) {
    tally.check(`vkey ${value.slice(0, 60)}`, () => {
      if (value.startsWith(STALE)) {
        assert.throws(() => readVkey(crypto, value), { code: 'vkey-id' });
        return;
      }
      const vkey = readVkey(crypto, value);
      if (vkey.type === 'other') return;
      assert.equal(writeVkey(crypto, vkey.name, vkey.type, vkey.publicKey), value);
      known.push(vkey);
    });
  }
  for (const { value } of vectors.skeys) {
    tally.check(`skey ${value.slice(0, 40)}`, () => {
      const [, , name = '', id = '', ...encoded] = value.split('+');
      const [type, ...seed] = readBase64(encoded.join('+'));
      assert.equal(type, 1);
      const key = createPrivateKey({
        key: Buffer.concat([PKCS8, Uint8Array.from(seed)]),
        format: 'der',
        type: 'pkcs8',
      });
      const vkey = makeVkey(crypto, name, 1, createPublicKey(key).export({ format: 'raw-public' }));
      assert.equal(vkey.keyId, Number.parseInt(id, 16));
      const line = cosign({ vkey, sign: (message) => sign(null, message, key) }, 'text\n', 0);
      verifyNote(crypto, utf8(writeNote('text\n', [line])), [vkey]);
    });
  }
  for (const { value } of vectors.notes) {
    tally.check(`note ${JSON.stringify(value.slice(0, 40))}`, () => {
      const note = readNote(utf8(value));
      readCheckpoint(note.text);
      assert.equal(writeNote(note.text, note.signatures), value);
      const keys = known.filter((vkey) =>
        note.signatures.some(({ keyId, name }) => keyId === vkey.keyId && name === vkey.name),
      );
      for (const vkey of keys) assert.ok(verifyNoteSignature(crypto, note, vkey));
    });
  }
  for (const { value } of vectors.signature_lines) {
    tally.check(`signature line ${value.slice(0, 40)}`, () => {
      assert.equal(writeSignatureLines(readSignatureLines(utf8(`${value}\n`))), `${value}\n`);
    });
  }
  return tally.result();
}
