import { join } from 'node:path';
import { type Crypto, nobleCrypto } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import type { Family } from './family.ts';
import { Tally } from './tally.ts';
import { hex, readJson } from './vectors.ts';

const cryptos: readonly (readonly [name: string, crypto: Crypto])[] = [
  ['station', nodeCrypto],
  ['browser', nobleCrypto],
];

type Edge = Readonly<Record<'key' | 'sig' | 'msg', string>> & {
  readonly number: number;
  readonly flags: readonly string[] | null;
};

/**
 * What the standard leaves open we close: of all signatures that touch a point of small order none is taken, and a station and
 * a browser never differ, or a counterpart could show one act to each.
 */
export const ownCryptoFamilies: readonly Family[] = [
  {
    name: 'CCTV ed25519, station and browser alike',
    folder: 'crypto/CCTV/ed25519',
    async run(dir) {
      const tally = new Tally();
      for (const { number, key, sig, msg, flags } of readJson<readonly Edge[]>(join(dir, 'ed25519vectors.json')))
        for (const [name, crypto] of cryptos)
          tally.check(`${name} ${number} ${flags?.join(' ') ?? ''}`, () => {
            const lax = ['low_order_A', 'low_order_R', 'low_order_residue'].some(
              (flag) => flags?.includes(flag) === true,
            );
            return crypto.ed25519.verify(hex(key), Buffer.from(msg), hex(sig)) === !lax;
          });
      return tally;
    },
  },
];
