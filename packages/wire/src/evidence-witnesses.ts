import { readPolicy, verifyTlogProof } from '@entente/c2sp';
import { Refusal } from '@entente/protocol';
import type { AgreedAccord } from './accord-chain.ts';
import { equalBytes } from './bytes.ts';
import { c2spCryptoOf, type Crypto } from './crypto.ts';
import type { EvidenceChannel, LoggedEntry } from './evidence-channel.ts';
import { evidenceNames, type EvidenceReader } from './evidence-files.ts';
import { neutralPolicy, opaqueOrigin, readWitnessKey } from './neutral-witness.ts';
import { refusing } from './notes.ts';

/** What a neutral witness cosigned of the act's channel. */
export interface Witnessed {
  /** The name in its verifier key. */
  readonly witness: string;
  readonly headSize: number;
  /** When it says it did, in POSIX seconds. */
  readonly time: number;
}

/**
 * Verifies, for each witness that the accord names and the bundle shows, that the very leaf of the act stands under a head
 * that it cosigned.
 * @throws Refusal `key-unknown` for another policy than the keyset gives, `proof-invalid`
 */
export function verifyWitnessed(
  crypto: Crypto,
  files: EvidenceReader,
  { owner }: EvidenceChannel,
  { id, accord }: AgreedAccord,
  act: LoggedEntry,
): readonly Witnessed[] {
  const verifier = c2spCryptoOf(crypto);
  const origin = opaqueOrigin(crypto, id, act.checkpoint.origin);
  return accord.witnesses.flatMap((text) => {
    const name = crypto.sha256Hex(new TextEncoder().encode(text));
    const proof = files.readIfThere(evidenceNames.witnessProof(name));
    const vkey = readWitnessKey(crypto, text);
    if (proof === undefined || vkey === undefined) return [];
    const policy = neutralPolicy(crypto, owner, origin, vkey);
    const where = evidenceNames.witnessPolicy(name);
    if (!equalBytes(policy, files.read(where))) throw new Refusal('key-unknown', { where });
    const trusted = refusing('proof-invalid', evidenceNames.witnessProof(name), () =>
      verifyTlogProof(verifier, readPolicy(verifier, policy), proof, act.hash, { expectOrigin: origin }),
    );
    if (trusted.index !== act.index) throw new Refusal('proof-invalid', { where: evidenceNames.witnessProof(name) });
    const cosigner = trusted.cosigners.find((one) => one.name === 'neutral');
    return [{ witness: vkey.name, headSize: trusted.checkpoint.size, time: cosigner?.timestamp ?? 0 }];
  });
}
