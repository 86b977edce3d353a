import type { BareAct } from './bare-acts.ts';
import { signatureBytes } from './bare-sealing.ts';

/** What travels: the signed head's signatures, what was seen and when, the acts. */
interface BareParcel {
  readonly signatures: Uint8Array;
  readonly seen: { readonly size: number; readonly root: string };
  readonly time: number;
  readonly acts: readonly BareAct[];
}

// Signatures; size, root and time; then each act's two lengths and its two texts: no spelling to read, nothing to compare.
const fixed = signatureBytes + 8 + 32 + 8;

export function writeBareParcel(
  signatures: Uint8Array,
  seen: BareParcel['seen'],
  time: number,
  acts: readonly BareAct[],
): Buffer {
  const bytes = Buffer.allocUnsafe(
    acts.reduce((sum, { envelope, body }) => sum + 8 + envelope.length + body.length, fixed),
  );
  bytes.set(signatures);
  let at = bytes.writeDoubleBE(seen.size, signatureBytes);
  at += bytes.write(seen.root, at, 'hex');
  at = bytes.writeDoubleBE(time, at);
  for (const { envelope, body } of acts) {
    at = bytes.writeUInt32BE(envelope.length, at);
    at = bytes.writeUInt32BE(body.length, at);
    bytes.set(envelope, at);
    bytes.set(body, at + envelope.length);
    at += envelope.length + body.length;
  }
  return bytes;
}

export function readBareParcel(plaintext: Uint8Array): BareParcel {
  const bytes = Buffer.from(plaintext.buffer, plaintext.byteOffset, plaintext.length);
  const seen = {
    size: bytes.readDoubleBE(signatureBytes),
    root: bytes.toString('hex', signatureBytes + 8, signatureBytes + 40),
  };
  const time = bytes.readDoubleBE(signatureBytes + 40);
  const acts: BareAct[] = [];
  for (let at = fixed; at < bytes.length;) {
    const split = at + 8 + bytes.readUInt32BE(at);
    const end = split + bytes.readUInt32BE(at + 4);
    acts.push({ envelope: bytes.subarray(at + 8, split), body: bytes.subarray(split, end) });
    at = end;
  }
  return { signatures: bytes.subarray(0, signatureBytes), seen, time, acts };
}
