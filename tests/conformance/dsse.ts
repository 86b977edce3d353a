import { createPublicKey, verify } from 'node:crypto';
import { join } from 'node:path';
import { preAuthEncoding } from '@entente/wire';
import type { Family } from './family.ts';
import { Tally } from './tally.ts';
import { readJson } from './vectors.ts';

type Vector = Readonly<Record<'payloadUtf8' | 'payloadType' | 'pae' | 'X' | 'Y', string>> & {
  readonly envelope: { readonly payload: string; readonly signatures: readonly { readonly sig: string }[] };
};

/** The example of secure-systems-lab/dsse's `protocol.md`: its encoding, and its ECDSA signature over ours. */
export const dsseFamilies: readonly Family[] = [
  {
    name: 'DSSE',
    folder: 'crypto/dsse',
    async run(dir) {
      const tally = new Tally();
      const vector = readJson<Vector>(join(dir, 'protocol-vector.json'));
      const encoded = preAuthEncoding(vector.payloadType, Buffer.from(vector.envelope.payload, 'base64'));
      tally.check('pre-authentication encoding', () => Buffer.from(encoded).toString() === vector.pae);
      tally.check('payload', () => Buffer.from(vector.envelope.payload, 'base64').toString() === vector.payloadUtf8);
      for (const { sig } of vector.envelope.signatures)
        tally.check('signature', () =>
          verify('sha256', encoded, { key: keyOf(vector), dsaEncoding: 'ieee-p1363' }, Buffer.from(sig, 'base64')),
        );
      return tally;
    },
  },
];

function keyOf({ X, Y }: Vector): ReturnType<typeof createPublicKey> {
  const coordinate = (decimal: string): string =>
    Buffer.from(BigInt(decimal).toString(16).padStart(64, '0'), 'hex').toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: coordinate(X), y: coordinate(Y) }, format: 'jwk' });
}
