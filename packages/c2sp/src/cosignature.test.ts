import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cosign, readNote, signCheckpoint, signedMessage, verifyNoteSignature, writeNote } from './index.ts';
import { crypto, makeSigner, refuses, utf8 } from './node-crypto.test.ts';

const checkpoint = { origin: 'example.org/log', size: 7, root: new Uint8Array(32).fill(3), extension: ['more'] };
const signers = ([1, 4, 6] as const).map((type) => makeSigner('example.org/log', type));

test('each type of signature verifies, and cosignatures carry their time', () => {
  const note = readNote(utf8(signCheckpoint(checkpoint, signers, 1679315147)));
  const timestamps = signers.map(({ vkey }) => verifyNoteSignature(crypto, note, vkey)?.timestamp);
  assert.deepEqual(timestamps, [undefined, 1679315147, 1679315147]);
  assert.equal(verifyNoteSignature(crypto, note, makeSigner('example.org/log', 4).vkey), undefined);
});

test('a changed text, time or signature by a known key refuses the whole note', () => {
  for (const { vkey, sign } of signers) {
    const written = signCheckpoint(checkpoint, [{ vkey, sign }], 5);
    refuses(
      () => verifyNoteSignature(crypto, readNote(utf8(written.replace('\n7\n', '\n8\n'))), vkey),
      'signature-invalid',
    );
    const note = readNote(utf8(written));
    const spoilt = note.signatures.map((line) => ({
      ...line,
      signature: line.signature.map((b, at) => (at === 7 ? b ^ 1 : b)),
    }));
    refuses(() => verifyNoteSignature(crypto, { ...note, signatures: spoilt }, vkey), 'signature-invalid');
    refuses(
      () => verifyNoteSignature(crypto, { ...note, signatures: [...note.signatures, ...spoilt] }, vkey),
      'signature-invalid',
    );
  }
});

test('the Ed25519 message is the one the specification shows', () => {
  const [, cosigner] = signers;
  assert.ok(cosigner);
  const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  assert.deepEqual(signedMessage(cosigner.vkey, text, 1679315147), utf8(`cosignature/v1\ntime 1679315147\n${text}`));
});

test('the ML-DSA-44 message has the fields of cosigned_message, and leaves extension lines out', () => {
  const [, , cosigner] = signers;
  assert.ok(cosigner);
  const message = Buffer.from(
    signedMessage(cosigner.vkey, `o\n258\n${Buffer.alloc(32, 3).toString('base64')}\nextra\n`, 9),
  );
  const expected = [
    'subtree/v1\n\0',
    '\x0fexample.org/log',
    '0000000000000009',
    '\x01o',
    '0000000000000000',
    '0000000000000102',
  ];
  const bytes = expected.map((part) =>
    /^[0-9a-f]{16}$/.test(part) ? Buffer.from(part, 'hex') : Buffer.from(part, 'latin1'),
  );
  assert.deepEqual(message, Buffer.concat([...bytes, Buffer.alloc(32, 3)]));
});

test('a cosigner signs checkpoints only, at a time it can write', () => {
  const [log, ...cosigners] = signers;
  assert.ok(log);
  assert.equal(writeNote('any text\n', [cosign(log, 'any text\n', 0)]).startsWith('any text\n\n'), true);
  for (const signer of cosigners) {
    refuses(() => cosign(signer, 'any text\n', 0), 'checkpoint-shape');
    refuses(() => signCheckpoint(checkpoint, [signer], -1), 'timestamp');
    refuses(() => signCheckpoint(checkpoint, [signer], 1.5), 'timestamp');
  }
});

test('a line that shares only the name or only the id of a key is passed over', () => {
  const [{ vkey } = assert.fail()] = signers;
  const line = cosign(makeSigner('example.org/other', 1), 'text\n', 0);
  const strangers = [
    { ...line, keyId: vkey.keyId },
    { ...line, name: vkey.name },
  ];
  assert.equal(verifyNoteSignature(crypto, { text: 'text\n', signatures: strangers }, vkey), undefined);
});
