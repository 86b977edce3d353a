import type { ActId } from '@entente/protocol';
import type { Approval } from './approval.ts';
import { type Assertion, flag } from './assertion.ts';
import { concatBytes, utf8 } from './bytes.ts';
import type { Crypto, SignatureScheme } from './crypto.ts';
import { approvalChallenge, officerApproval } from './verify-approval.ts';

/** An officer's key kept in a file, for the command line. Its accord must allow the kind `key-file`. */
export interface KeyFile {
  readonly algorithm: 'ed25519' | 'p256';
  readonly secretSeed: Uint8Array;
}

/** What a browser and an authenticator would put into an assertion. */
export interface AssertionContext {
  readonly rpId: string;
  readonly origin: string;
  /** How often the key has signed, this time included; 0 where nobody counts. */
  readonly counter: number;
}

/** The raw public key of a key file: 32 bytes, or 65 for P-256. */
export function publicKeyOfFile(crypto: Crypto, { algorithm, secretSeed }: KeyFile): Uint8Array {
  return schemeOf(crypto, algorithm).publicKeyOf(secretSeed);
}

/** Makes a WebAuthn assertion as an authenticator would whose user is present and verified. */
export function makeAssertion(
  crypto: Crypto,
  key: KeyFile,
  context: AssertionContext,
  challenge: Uint8Array,
): Assertion {
  const { rpId, origin, counter } = context;
  const authenticatorData = new Uint8Array(37);
  authenticatorData.set(crypto.sha256(utf8(rpId)));
  authenticatorData[32] = flag.userPresent | flag.userVerified;
  new DataView(authenticatorData.buffer).setUint32(33, counter);
  const base64url = challenge.toBase64({ alphabet: 'base64url', omitPadding: true });
  // The order and spelling of WebAuthn §5.8.1.1, as browsers write it.
  const clientData = { type: 'webauthn.get', challenge: base64url, origin, crossOrigin: false };
  const clientDataJSON = utf8(JSON.stringify(clientData));
  const signed = concatBytes([authenticatorData, crypto.sha256(clientDataJSON)]);
  const signature = schemeOf(crypto, key.algorithm).sign(key.secretSeed, signed);
  return { authenticatorData, clientDataJSON, signature };
}

/** Approves a list of acts with a key file. */
export function approveByKeyFile(
  crypto: Crypto,
  key: KeyFile,
  context: AssertionContext,
  acts: readonly ActId[],
): Approval {
  const name = crypto.sha256Hex(publicKeyOfFile(crypto, key));
  return officerApproval(acts, name, makeAssertion(crypto, key, context, approvalChallenge(crypto, acts)));
}

function schemeOf(crypto: Crypto, algorithm: KeyFile['algorithm']): SignatureScheme {
  return algorithm === 'p256' ? crypto.p256 : crypto.ed25519;
}
