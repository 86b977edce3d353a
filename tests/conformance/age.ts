import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { armor, Decrypter } from 'age-encryption';
import { leadingChunks } from './age-chunks.ts';
import type { Family } from './family.ts';
import { Tally } from './tally.ts';

/** The C2SP age test kit: see the README beside its `testdata`. */
export const ageFamilies: readonly Family[] = [
  {
    name: 'CCTV age',
    folder: 'crypto/CCTV/age/testdata',
    async run(dir) {
      const tally = new Tally();
      for (const file of readdirSync(dir).sort()) {
        const vector = readVector(readFileSync(join(dir, file)));
        const opened = await open(vector);
        tally.check(file, () => cameOut(vector, opened));
      }
      return tally;
    },
  },
];

type Vector = {
  readonly expect: string;
  readonly payload: string | undefined;
  readonly identities: readonly string[];
  readonly passphrases: readonly string[];
  readonly fileKey: string | undefined;
  readonly armored: boolean;
  readonly file: Uint8Array;
};

type Opened = {
  /** `success`, or the first thing that refused. */
  readonly end: 'success' | 'armor failure' | 'header refused' | 'no match' | 'HMAC failure' | 'payload failure';
  /** SHA-256 of all plaintext that was released before the end. */
  readonly released: string;
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

async function open(vector: Vector): Promise<Opened> {
  const released = createHash('sha256');
  const ended = (end: Opened['end']): Opened => ({ end, released: released.digest('hex') });
  let file: Uint8Array;
  try {
    file = vector.armored ? dearmor(vector.file) : vector.file;
  } catch {
    return ended('armor failure');
  }
  let plaintext: ReadableStream<Uint8Array>;
  try {
    plaintext = await decrypterFor(vector).decrypt(trickle(file));
  } catch (cause) {
    return ended(endOfHeader(cause));
  }
  try {
    for await (const chunk of plaintext) released.update(chunk);
    return ended('success');
  } catch {
    return ended('payload failure');
  }
}

/** Small pieces, given when asked: what a stream has queued it drops when it fails, and all that was decrypted counts. */
function trickle(file: Uint8Array): ReadableStream<Uint8Array> {
  const pieces = (function* () {
    for (let at = 0; at < file.length; at += 1024) yield file.slice(at, at + 1024);
  })();
  return ReadableStream.from(pieces);
}

function decrypterFor({ identities, passphrases }: Vector): Decrypter {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  for (const passphrase of passphrases) decrypter.addPassphrase(passphrase);
  return decrypter;
}

/** The library says with its words only which of the three it was. */
function endOfHeader(cause: unknown): Opened['end'] {
  const message = cause instanceof Error ? cause.message : '';
  if (message.includes('no identity matched')) return 'no match';
  return message.includes('invalid header HMAC') ? 'HMAC failure' : 'header refused';
}

function cameOut(vector: Vector, { end, released }: Opened): boolean {
  const { expect, payload, fileKey, file, armored } = vector;
  if (!(endsThatMean[expect] ?? []).includes(end)) throw new Error(`expected ${expect}, was ${end}`);
  if (payload === undefined || payload === released) return true;
  const plain = armored ? dearmor(file) : file;
  const early = end === 'payload failure' ? leadingChunks(plain, Buffer.from(fileKey ?? '', 'hex')) : [];
  return early.includes(released);
}

function dearmor(file: Uint8Array): Uint8Array {
  return armor.decode(Buffer.from(file).toString('latin1'));
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
