import { writePolicy } from '@entente/c2sp';
import { logVkeys, mirrorVkeys, originOf } from './channel-keys.ts';
import { c2spCryptoOf, type Crypto } from './crypto.ts';
import type { Keyset } from './keyset.ts';

/**
 * The C2SP tlog-policy of one channel (PROTOCOL §2.7): the owner's Ed25519 key is the log; its ML-DSA-44 key and both of the
 * counterpart's mirror keys are witnesses, all three required.
 */
export function policyOf(crypto: Crypto, owner: Keyset, counterpart: Keyset, epoch: number): Uint8Array {
  const hasher = c2spCryptoOf(crypto);
  const log = logVkeys(hasher, originOf(owner.party, counterpart.party, epoch), owner.keys.log);
  const mirror = mirrorVkeys(hasher, counterpart.party, counterpart.keys.mirror);
  const witnesses = [
    { name: 'owner-mldsa44', vkey: log.mldsa44 },
    { name: 'mirror-ed25519', vkey: mirror.ed25519 },
    { name: 'mirror-mldsa44', vkey: mirror.mldsa44 },
  ];
  const members = witnesses.map(({ name }) => name);
  return writePolicy(hasher, {
    logs: [{ vkey: log.ed25519 }],
    witnesses,
    groups: [{ name: 'both', threshold: members.length, members }],
    quorum: 'both',
  });
}
