import { createHash } from 'node:crypto';
import { Refusal } from '@entente/protocol';
import { type Crypto, openStream } from '@entente/wire';
import { Decrypter } from 'age-encryption';

/** What opens an age file with: identities, or passphrases. */
export type Keys = { readonly identities: readonly string[]; readonly passphrases: readonly string[] };

export type Opened = {
  /** `success`, or the first thing that refused. */
  readonly end: 'success' | 'armor failure' | 'header refused' | 'no match' | 'HMAC failure' | 'payload failure';
  /** SHA-256 of all plaintext that was released before the end. */
  readonly released: string;
};

/** SHA-256 of no byte. */
export const nothing: string = createHash('sha256').digest('hex');

export type Opener = (file: Uint8Array, keys: Keys) => Promise<Opened>;

/** The kept library as it is: whoever opens our sticks and seals with its kin. */
export const throughLibrary: Opener = async (file, { identities, passphrases }) => {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  for (const passphrase of passphrases) decrypter.addPassphrase(passphrase);
  try {
    return await drain(await decrypter.decrypt(trickle(file)), () => 'payload failure');
  } catch (cause) {
    return { end: endOfHeader(cause), released: nothing };
  }
};

/** Our own opening of a payload; it takes one identity, so each has its turn. */
export function throughWire(crypto: Crypto): Opener {
  return async (file, { identities }) => {
    let opened: Opened | undefined;
    for (const identity of identities) {
      if (opened !== undefined && opened.end !== 'no match') break;
      opened = await drain(openStream(crypto, identity, trickle(file)), endOfRefusal);
    }
    if (opened === undefined) throw new Error('a vector without identity');
    return opened;
  };
}

async function drain(plaintext: AsyncIterable<Uint8Array>, endOf: (cause: unknown) => Opened['end']): Promise<Opened> {
  const released = createHash('sha256');
  try {
    for await (const chunk of plaintext) released.update(chunk);
    return { end: 'success', released: released.digest('hex') };
  } catch (cause) {
    return { end: endOf(cause), released: released.digest('hex') };
  }
}

/** Small pieces, given when asked: what a stream has queued it drops when it fails, and all that was decrypted counts. */
function trickle(file: Uint8Array): ReadableStream<Uint8Array> {
  const pieces = (function* () {
    for (let at = 0; at < file.length; at += 1024) yield file.slice(at, at + 1024);
  })();
  return ReadableStream.from(pieces);
}

/** The library says with its words only which of the three it was. */
function endOfHeader(cause: unknown): Opened['end'] {
  const message = cause instanceof Error ? cause.message : '';
  if (message.includes('no identity matched')) return 'no match';
  return message.includes('invalid header HMAC') ? 'HMAC failure' : 'header refused';
}

function endOfRefusal(cause: unknown): Opened['end'] {
  if (!(cause instanceof Refusal)) throw cause;
  return cause.detail.where === 'header' ? endOfHeader(cause.cause) : 'payload failure';
}
