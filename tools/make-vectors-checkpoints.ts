// Writes tests/vectors/checkpoints: heads of the channel fr → ma, signed by its owner and cosigned by the counterpart's
// mirror, verified against policy.txt. Keys come from names (`seedOf`); ML-DSA-44 signatures differ each time.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  cosign,
  leafHash,
  readNote,
  type Signer,
  signCheckpoint,
  writeCheckpoint,
  writeNote,
  writePolicy,
} from '@entente/c2sp';
import { c2spCryptoOf, logSigners, mirrorSigners, nobleCrypto, originOf } from '@entente/wire';
import { doubleSeedOf, fr, ma } from '../packages/wire/src/wire.fixtures.ts';

const folder = join(import.meta.dirname, '..', 'tests', 'vectors', 'checkpoints');
const crypto = c2spCryptoOf(nobleCrypto);
const time = 1_795_433_261;
const origin = originOf(fr, ma, 1);
const log = logSigners(nobleCrypto, origin, doubleSeedOf('fr log'));
const mirror = mirrorSigners(nobleCrypto, ma, doubleSeedOf('ma mirror'));
const stranger = mirrorSigners(nobleCrypto, ma, doubleSeedOf('stranger'));
const elsewhere = logSigners(nobleCrypto, originOf(ma, fr, 1), doubleSeedOf('fr log'));
const root = leafHash(crypto, new TextEncoder().encode('one leaf'));
const head = { origin, size: 1, root, extension: [] };
const all: readonly Signer[] = [log.ed25519, log.mldsa44, mirror.ed25519, mirror.mldsa44];
const full = signCheckpoint(head, all, time);

const policy = writePolicy(crypto, {
  logs: [{ vkey: log.ed25519.vkey }],
  witnesses: [
    { name: 'owner-mldsa44', vkey: log.mldsa44.vkey },
    { name: 'mirror-ed25519', vkey: mirror.ed25519.vkey },
    { name: 'mirror-mldsa44', vkey: mirror.mldsa44.vkey },
  ],
  groups: [{ name: 'both', threshold: 3, members: ['owner-mldsa44', 'mirror-ed25519', 'mirror-mldsa44'] }],
  quorum: 'both',
});

const valid: Readonly<Record<string, string>> = {
  'signed-and-cosigned.txt': full,
  'cosigned-later.txt': writeNote(writeCheckpoint(head), [
    ...readNote(new TextEncoder().encode(signCheckpoint(head, [log.ed25519, log.mldsa44], time))).signatures,
    ...[mirror.ed25519, mirror.mldsa44].map((signer) => cosign(signer, writeCheckpoint(head), time + 60)),
  ]),
  'with-an-unknown-signature.txt': signCheckpoint(head, [...all, stranger.ed25519], time),
};

const invalid: Readonly<Record<string, readonly [code: string, content: string]>> = {
  'owner-without-mldsa44.txt': ['quorum-missing', signCheckpoint(head, without(log.mldsa44), time)],
  'owner-without-ed25519.txt': ['signature-missing', signCheckpoint(head, without(log.ed25519), time)],
  'mirror-without-mldsa44.txt': ['quorum-missing', signCheckpoint(head, without(mirror.mldsa44), time)],
  'mirror-without-ed25519.txt': ['quorum-missing', signCheckpoint(head, without(mirror.ed25519), time)],
  'not-cosigned.txt': ['quorum-missing', signCheckpoint(head, [log.ed25519, log.mldsa44], time)],
  'other-origin.txt': ['origin-unexpected', signCheckpoint({ ...head, origin: 'ma/fr/1' }, [elsewhere.ed25519], time)],
  'size-changed.txt': ['signature-invalid', full.replace('\n1\n', '\n2\n')],
  'size-with-leading-zero.txt': ['number', full.replace('\n1\n', '\n01\n')],
  'size-in-hexadecimal.txt': ['number', full.replace('\n1\n', '\n0x1\n')],
  'carriage-return.txt': ['control-character', full.replace('\n1\n', '\r\n1\n')],
  'no-final-newline.txt': ['note-shape', full.slice(0, -1)],
  'no-signature.txt': ['signature-line', `${writeCheckpoint(head)}\n`],
  'time-of-cosignature-changed.txt': ['signature-invalid', withOtherTime(full)],
};

rmSync(folder, { recursive: true, force: true });
for (const [name, content] of Object.entries(valid)) write(`valid/${name}`, content);
for (const [name, [, content]] of Object.entries(invalid)) write(`invalid/${name}`, content);
write(
  'EXPECTED',
  Object.entries(invalid)
    .map(([name, [code]]) => `${name} ${code}\n`)
    .join(''),
);
write('policy.txt', new TextDecoder().decode(policy));
write('origin.txt', `${origin}\n`);
write(
  'README.md',
  `# Checkpoints

Heads of the channel \`${origin}\` at size 1, as C2SP signed notes. Every file in \`valid\` satisfies \`policy.txt\` (C2SP tlog-policy:
the owner's Ed25519 and ML-DSA-44, both of the counterpart's mirror keys); every file in \`invalid\` is refused with the code that
\`EXPECTED\` gives for it. Made by \`tools/make-vectors-checkpoints.ts\`.
`,
);

function without(left: Signer): readonly Signer[] {
  return all.filter((signer) => signer !== left);
}

/** The mirror's Ed25519 line with another time in front of the same signature. */
function withOtherTime(note: string): string {
  const lines = note.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`— ${mirror.ed25519.vkey.name} `));
  const [dash, name, text] = lines[at]?.split(' ') ?? [];
  const bytes = Uint8Array.fromBase64(text ?? '');
  bytes[11] = (bytes[11] ?? 0) ^ 1;
  return lines.with(at, `${dash} ${name} ${bytes.toBase64()}`).join('\n');
}

function write(name: string, content: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}
