import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { nobleCrypto } from '@entente/wire';
import { armor } from 'age-encryption';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { leadingChunks } from './age-chunks.ts';
import { nothing, type Opened, type Opener, throughLibrary, throughWire } from './age-openers.ts';
import type { Family } from './family.ts';
import { Tally } from './tally.ts';

/** The C2SP age test kit: see the README beside its `testdata`. */
export const ageFamilies: readonly Family[] = [
  family('age-encryption', throughLibrary, () => true),
  family('node:crypto', throughWire(nodeCrypto), sealedToIdentities),
  family('@noble', throughWire(nobleCrypto), sealedToIdentities),
];

function family(name: string, opener: Opener, concerns: (vector: Vector) => boolean): Family {
  return {
    name: `CCTV age through ${name}`,
    folder: 'crypto/CCTV/age/testdata',
    async run(dir) {
      const tally = new Tally();
      for (const file of readdirSync(dir).sort()) {
        const vector = readVector(readFileSync(join(dir, file)));
        if (!concerns(vector)) continue;
        const opened = await open(vector, opener);
        tally.check(file, () => cameOut(vector, opened));
      }
      return tally;
    },
  };
}

/** Nothing in Entente is sealed with a passphrase. */
function sealedToIdentities({ identities, passphrases }: Vector): boolean {
  return identities.length > 0 && passphrases.length === 0;
}

type Vector = {
  readonly expect: string;
  readonly payload: string | undefined;
  readonly identities: readonly string[];
  readonly passphrases: readonly string[];
  readonly fileKey: string | undefined;
  readonly armored: boolean;
  readonly file: Uint8Array;
};

function readVector(bytes: Buffer): Vector {
  const end = bytes.indexOf('\n\n');
  const pairs = bytes
    .toString('utf8', 0, end)
    .split('\n')
    .map((line) => line.split(/: (.*)/, 2));
  const all = (key: string): readonly string[] =>
    pairs.filter(([name]) => name === key).map(([, value]) => value ?? '');
  const body = bytes.subarray(end + 2);
  return {
    expect: all('expect')[0] ?? '',
    payload: all('payload')[0],
    identities: all('identity'),
    passphrases: all('passphrase'),
    fileKey: all('file key')[0],
    armored: all('armored')[0] === 'yes',
    file: all('compressed')[0] === 'zlib' ? inflateSync(body) : body,
  };
}

async function open(vector: Vector, opener: Opener): Promise<Opened> {
  let file: Uint8Array;
  try {
    file = dearmored(vector);
  } catch {
    return { end: 'armor failure', released: nothing };
  }
  return opener(file, vector);
}

function dearmored({ armored, file }: Vector): Uint8Array {
  return armored ? armor.decode(Buffer.from(file).toString('latin1')) : file;
}

function cameOut(vector: Vector, { end, released }: Opened): boolean {
  const { expect, payload, fileKey } = vector;
  if (!(endsThatMean[expect] ?? []).includes(end)) throw new Error(`expected ${expect}, was ${end}`);
  if (payload === undefined || payload === released) return true;
  return (
    end === 'payload failure' && leadingChunks(dearmored(vector), Buffer.from(fileKey ?? '', 'hex')).includes(released)
  );
}

/** The library reads a malformed MAC line as a MAC that does not match; the reverse would hide a fault. */
const endsThatMean: Readonly<Record<string, readonly Opened['end'][]>> = {
  success: ['success'],
  'armor failure': ['armor failure'],
  'header failure': ['header refused', 'HMAC failure'],
  'no match': ['no match'],
  'HMAC failure': ['HMAC failure'],
  'payload failure': ['payload failure'],
};
