import { FormatError, type KnownVerifierKey, readKnownVkey, writePolicy } from '@entente/c2sp';
import type { Sha256Hex } from '@entente/protocol';
import { utf8 } from './bytes.ts';
import { logVkeys } from './channel-keys.ts';
import { c2spCryptoOf, type Crypto } from './crypto.ts';
import type { Keyset } from './keyset.ts';

/**
 * The origin under which a channel is shown to neutral witnesses (PROTOCOL §2.7): only who knows the accord can tell whose
 * channel it is.
 */
export function opaqueOrigin(crypto: Crypto, accord: Sha256Hex, origin: string): string {
  return crypto.sha256Hex(utf8(`entente-witness/v1\n${accord}\n${origin}\n`)).slice(0, 32);
}

/** A neutral witness's key as the accord names it; undefined for one that cosigns no checkpoints as we know them. */
export function readWitnessKey(crypto: Crypto, text: string): KnownVerifierKey | undefined {
  try {
    const vkey = readKnownVkey(c2spCryptoOf(crypto), text);
    return vkey.type === 1 ? undefined : vkey;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** The C2SP tlog-policy by which a head is believed that a neutral witness cosigned: its owner's two keys and the witness's. */
export function neutralPolicy(crypto: Crypto, owner: Keyset, origin: string, witness: KnownVerifierKey): Uint8Array {
  const hasher = c2spCryptoOf(crypto);
  const log = logVkeys(hasher, origin, owner.keys.log);
  const witnesses = [
    { name: 'owner-mldsa44', vkey: log.mldsa44 },
    { name: 'neutral', vkey: witness },
  ];
  const members = witnesses.map(({ name }) => name);
  return writePolicy(hasher, {
    logs: [{ vkey: log.ed25519 }],
    witnesses,
    groups: [{ name: 'both', threshold: members.length, members }],
    quorum: 'both',
  });
}
