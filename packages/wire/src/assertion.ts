// authenticatorData: SHA-256 of the rpId (32), flags (1), signature counter (4), extensions if flagged.
// clientDataJSON: {"type":"webauthn.get","challenge":"<base64url>","origin":"https://…","crossOrigin":false,…}
import { type OfficerKeyKind, Refusal } from '@entente/protocol';
import { concatBytes, equalBytes, readUtf8, utf8 } from './bytes.ts';
import type { Crypto } from './crypto.ts';

/** What an authenticator answers to `navigator.credentials.get` (WebAuthn level 3), as it arrived. */
export interface Assertion {
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  readonly signature: Uint8Array;
}

/** An officer's signing key as its officer-key act bound it. The public key is raw: 32 bytes, or 65 for P-256. */
export interface OfficerKey {
  readonly kind: 'officer';
  readonly keyKind: OfficerKeyKind;
  readonly algorithm: 'ed25519' | 'p256';
  readonly publicKey: Uint8Array;
}

/** Where a party's officers sign, by the accord. */
export interface SigningTerms {
  readonly rpId: string;
  readonly origins: readonly string[];
}

/** Flags of authenticator data, WebAuthn §6.1. */
export const flag = {
  userPresent: 0x01,
  userVerified: 0x04,
  backupEligible: 0x08,
  backedUp: 0x10,
  attested: 0x40,
  extensions: 0x80,
} as const;

/** Silent if the assertion answers this challenge, made by this key, by a verified user, on this party's own page. */
export function checkAssertion(
  crypto: Crypto,
  assertion: Assertion,
  challenge: Uint8Array,
  key: OfficerKey,
  terms: SigningTerms,
): void {
  checkClientData(assertion.clientDataJSON, challenge, terms.origins);
  checkAuthenticatorData(crypto, assertion.authenticatorData, key.keyKind, terms.rpId);
  const signed = concatBytes([assertion.authenticatorData, crypto.sha256(assertion.clientDataJSON)]);
  const scheme = key.algorithm === 'p256' ? crypto.p256 : crypto.ed25519;
  if (!scheme.verify(key.publicKey, signed, assertion.signature)) throw invalid('signature');
}

function checkClientData(bytes: Uint8Array, challenge: Uint8Array, origins: readonly string[]): void {
  const data = readClientData(bytes);
  if (data['type'] !== 'webauthn.get') throw invalid('clientDataJSON.type');
  if (data['challenge'] !== challenge.toBase64({ alphabet: 'base64url', omitPadding: true })) {
    throw invalid('clientDataJSON.challenge');
  }
  const { origin } = data;
  if (typeof origin !== 'string' || !origins.includes(origin)) throw invalid('clientDataJSON.origin');
  // Absent is false (WebAuthn §5.8.1): some browsers leave it out.
  if (data['crossOrigin'] !== undefined && data['crossOrigin'] !== false) throw invalid('clientDataJSON.crossOrigin');
  if (data['topOrigin'] !== undefined) throw invalid('clientDataJSON.topOrigin');
}

/** Browsers add members as they like, so no canonical form; but of two members of one name a parser would keep the last. */
function readClientData(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const text = readUtf8(bytes, 'approval-malformed', 'clientDataJSON');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new Refusal('approval-malformed', { where: 'clientDataJSON', what: 'not JSON' }, { cause });
  }
  if (!isRecord(data)) throw new Refusal('approval-malformed', { where: 'clientDataJSON', what: 'not an object' });
  // No browser writes one, and the host's reader mistakes some, depending on what it read before (ADR 21).
  if (hasEscapedName(text)) {
    throw new Refusal('approval-malformed', { where: 'clientDataJSON', what: "an escape in a member's name" });
  }
  const written = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
  if (written !== countMembers(data)) {
    throw new Refusal('approval-malformed', { where: 'clientDataJSON', what: 'the same member twice' });
  }
  return data;
}

function hasEscapedName(text: string): boolean {
  for (const [, inside = '', colon] of text.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?/g)) {
    if (colon !== undefined && inside.includes('\\')) return true;
  }
  return false;
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, member) => sum + countMembers(member), 0);
  return Array.isArray(value) ? inside : inside + Object.keys(value).length;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkAuthenticatorData(crypto: Crypto, data: Uint8Array, keyKind: OfficerKeyKind, rpId: string): void {
  const flags = data[32] ?? 0;
  const has = (bit: number): boolean => (flags & bit) !== 0;
  if (data.length < 37 || data.length > 37 !== has(flag.extensions) || has(flag.attested)) {
    throw new Refusal('approval-malformed', { where: 'authenticatorData' });
  }
  if (!equalBytes(data.subarray(0, 32), crypto.sha256(utf8(rpId)))) throw invalid('authenticatorData.rpIdHash');
  if (!has(flag.userPresent) || !has(flag.userVerified)) throw invalid('authenticatorData.flags');
  if (has(flag.backedUp) && !has(flag.backupEligible)) throw invalid('authenticatorData.flags');
  // Whether a credential can leave its device never changes: a key bound as device-bound must not turn into a synced one.
  if (has(flag.backupEligible) !== (keyKind === 'synced-passkey')) {
    throw new Refusal('key-not-allowed', { where: 'authenticatorData.flags', what: `not a ${keyKind}` });
  }
}

function invalid(where: string): Refusal {
  return new Refusal('signature-invalid', { where });
}
