import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { Refusal } from '@entente/protocol';
import type { Crypto } from './crypto.ts';
import { bytesOfBech32, hybridIdentity, hybridRecipient } from './hybrid-stanza.ts';

/** The longest header read before a key is tried: three hybrid recipients take 5 KB. */
export const maximumSealingHeader: number = 16 * 1024;

// What the library writes after a header for an empty payload: a 16-byte nonce and an empty chunk's 16-byte tag.
const emptyPayload = 32;

/** Makes a new sealing identity, `AGE-SECRET-KEY-PQ-1…`. Chance is the library's: the host's cryptographic source. */
export function generateSealingIdentity(): Promise<string> {
  return generateHybridIdentity();
}

/** The recipient, `age1pq1…`, that seals to an identity. */
export function sealingRecipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity);
}

/** Whether a text is a well-formed `mlkem768x25519` recipient: no other kind seals anything here. */
export function isSealingRecipient(text: string): boolean {
  if (!text.startsWith('age1pq1')) return false;
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** An age header and the file key it wraps. */
export interface SealingHeader {
  readonly header: Uint8Array;
  readonly fileKey: Uint8Array;
}

/**
 * Writes an age header for these recipients. The library makes file key and header; its payload cipher runs at 80 MB/s
 * against OpenSSL's 1,480, so the file key is captured while it is wrapped and the payload is sealed by `Crypto`.
 * @throws Refusal `key-malformed` for a recipient of another kind
 */
export async function writeSealingHeader(crypto: Crypto, recipients: readonly string[]): Promise<SealingHeader> {
  const encrypter = new Encrypter();
  const captured: Uint8Array[] = [];
  encrypter.addRecipient({
    wrapFileKey(key) {
      captured.push(key.slice());
      return [];
    },
  });
  if (recipients.length === 0) throw new Refusal('key-malformed', { what: 'no recipient' });
  for (const recipient of recipients) {
    if (!isSealingRecipient(recipient)) throw new Refusal('key-malformed', { what: 'not an mlkem768x25519 recipient' });
    encrypter.addRecipient(hybridRecipient(crypto, bytesOfBech32(recipient)));
  }
  const file = await encrypter.encrypt(new Uint8Array(0));
  const [fileKey] = captured;
  if (fileKey === undefined) throw new Error('age-encryption wrapped no file key');
  return { header: file.slice(0, file.length - emptyPayload), fileKey };
}

/** Where an age header ends in these first bytes of a file; undefined if more are needed. @throws Refusal `seal-unopenable` */
export function sealingHeaderEnd(start: Uint8Array): number | undefined {
  // The last line is `--- ` and the MAC; before it no line begins with a dash and a space can follow only `->`.
  for (let line = 0; line < start.length;) {
    const end = start.indexOf(0x0a, line);
    if (end === -1 || end >= maximumSealingHeader) break;
    if (start[line] === 0x2d && start[line + 1] === 0x2d) return end + 1;
    line = end + 1;
  }
  if (start.length >= maximumSealingHeader) throw new Refusal('seal-unopenable', { where: 'header', what: 'too long' });
  return undefined;
}

/** Unwraps the file key of an age header, MAC included. @throws Refusal `seal-unopenable` */
export async function openSealingHeader(crypto: Crypto, identity: string, header: Uint8Array): Promise<Uint8Array> {
  const decrypter = decrypterOf(crypto, identity);
  try {
    return await decrypter.decryptHeader(header);
  } catch (cause) {
    throw new Refusal('seal-unopenable', { where: 'header' }, { cause });
  }
}

/** The library reads every kind of identity; the only kind that stations have is unwrapped by `crypto`. */
function decrypterOf(crypto: Crypto, identity: string): Decrypter {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  if (!identity.startsWith('AGE-SECRET-KEY-PQ-1')) return decrypter;
  const own = new Decrypter();
  own.addIdentity(hybridIdentity(crypto, bytesOfBech32(identity)));
  return own;
}
