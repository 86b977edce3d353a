import { Refusal } from '@entente/protocol';
import { readWitnessKey } from '@entente/wire';
import type { TlsPin } from '../adapters/tls-certificate.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { findNeutralHead } from '../store/neutral-heads.ts';
import type { Peer } from './link/peer.ts';

/**
 * The neutral witness that shows in TLS the very Ed25519 key by which an accord names it, and what it may read: the heads
 * that witnesses are shown of the relations whose accords name it, and nothing else (PROTOCOL §2.7).
 */
export function findWitness(
  { database, crypto }: Parts,
  relations: readonly Relation[],
  shown: TlsPin,
): Peer | undefined {
  const naming = relations.filter(({ own, authority }) =>
    authority.accord(own).accord.witnesses.some((vkey) => {
      const key = readWitnessKey(crypto, vkey);
      return key?.type === 4 && Buffer.compare(key.publicKey, shown.publicKey) === 0;
    }),
  );
  const [first] = naming;
  if (first === undefined) return undefined;
  const readCheckpoint = async (origin: string): Promise<string> => {
    for (const { number } of naming) {
      const head = await findNeutralHead(database, number, origin);
      if (head !== undefined) return head.note;
    }
    throw new Refusal('relation-unknown', { where: origin });
  };
  return { kind: 'witness', relation: first.name, handlers: { log: { readCheckpoint } } };
}
