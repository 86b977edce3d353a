import type { Accord, KeysetFacts, Parties, PartyId, Sha256Hex } from '@entente/protocol';
import {
  type AccordFile,
  c2spCryptoOf,
  type Crypto,
  type DoubleSigner,
  type Keyset,
  keysetFacts,
  logSigners,
  logVkeys,
  mirrorSigners,
  mirrorVkeys,
  originOf,
  rootFingerprint,
  type SignedKeyset,
  verifyAccord,
  type Verified,
  verifyKeysetChain,
} from '@entente/wire';
import { tracks } from '@entente/tracks';
import type { Keystore, RelationKeys } from '../adapters/keystore.ts';
import { readChannel } from '../store/channels.ts';
import type { Queryable } from '../store/database.ts';
import { countRootPapers, readPapers, type RelationPapers, type RelationRecord } from '../store/relations.ts';
import { Authority } from './authority.ts';
import { loadSealingTrust, newestRecipient, sealTo } from './seal-to.ts';
import { seedsOf } from './found-relation.ts';
import { RecentHeads } from './recent-heads.ts';
import type { Relation } from './relation.ts';

/**
 * Loads a relation for a running station. Accord and keysets are verified again at every start: a restored database is
 * input from an adversary.
 * @param roots fingerprints of both parties' roots, compared by voice when the accord was signed
 */
export async function loadRelation(
  queryable: Queryable,
  crypto: Crypto,
  keystore: Keystore,
  record: RelationRecord,
  roots: readonly [Sha256Hex, Sha256Hex],
): Promise<Relation> {
  const { own, counterpart } = record;
  // Counted first: what comes meanwhile is taken in later once more, not never.
  const rootPapers = await countRootPapers(queryable, record.relation);
  const papers = await readPapers(queryable, record.relation);
  const files = papers.accords.map(({ envelope }) => verifyAccord(crypto, envelope, roots));
  const first = files[0];
  if (first === undefined) throw new Error(`relation ${record.name} has no accord`);
  const keys = await keystore.readRelation(record.name);
  const accords = new Map<Sha256Hex, Accord>(files.map(({ id, accord }) => [id, accord]));
  const parties: Parties = [first.accord.parties[0].id, first.accord.parties[1].id];
  const known: Keyset[] = [];
  const facts = new Map<Sha256Hex, KeysetFacts>();
  const authority = new Authority(crypto, record.relation, {
    accord: (hash) => accords.get(hash),
    keyset: (hash) => facts.get(hash),
    tracks,
    firstAccord: first.id,
    parties,
    keysets: known,
  });
  // Whoever speaks first speaks under the accord and the keys of now.
  const channels = [
    await readChannel(queryable, record.relation, own),
    await readChannel(queryable, record.relation, counterpart),
  ];
  await authority.catchUp(queryable, ...channels);
  // Which spare keyset may follow, the accords in force say; nothing was judged by a keyset yet.
  const agreed = [own, counterpart].flatMap((party) => authority.accordsFrom(first.id, party));
  const keysets = verifiedKeysets(crypto, papers, first, agreed);
  for (const { id, keyset } of keysets) {
    known.push(keyset);
    facts.set(id, keysetFacts(crypto, keyset));
  }
  const ownKeyset = newest(keysets, own).keyset;
  const theirs = newest(keysets, counterpart);
  const theirKeyset = theirs.keyset;
  const hasher = c2spCryptoOf(crypto);
  const trust = await loadSealingTrust(queryable, record.relation, counterpart, theirs.id);
  let sealing = keys.sealing;
  const relation: Relation = {
    number: record.relation,
    name: record.name,
    own,
    counterpart,
    parties,
    keys,
    ownKeyset,
    theirKeyset,
    keysets,
    rootPapers,
    log: logOf(crypto, own, counterpart, keys),
    mirror: mirrorSigners(crypto, own, seedsOf(keys.mirror)),
    theirLog: (epoch) => logVkeys(hasher, originOf(counterpart, own, epoch), theirKeyset.keys.log),
    theirMirror: mirrorVkeys(hasher, counterpart, theirKeyset.keys.mirror),
    authority,
    heads: new RecentHeads(),
    sealTo: () => sealTo(crypto, authority, counterpart, theirKeyset, trust),
    sealNoticesTo: () => newestRecipient(authority, counterpart, theirKeyset, trust.since),
    sealing: () => sealing,
    reloadSealing: async () => {
      sealing = await keystore.readSealing(record.name);
    },
    reload: async () => {
      const { reload: _, ...fresh } = await loadRelation(queryable, crypto, keystore, record, roots);
      Object.assign(relation, fresh);
    },
  };
  return relation;
}

/** The signers of a channel's heads; a key is derived once for each epoch, not for each parcel. */
function logOf(crypto: Crypto, own: PartyId, counterpart: PartyId, keys: RelationKeys): Relation['log'] {
  const known = new Map<number, DoubleSigner>();
  return (epoch) => {
    const signer = known.get(epoch) ?? logSigners(crypto, originOf(own, counterpart, epoch), seedsOf(keys.log));
    known.set(epoch, signer);
    return signer;
  };
}

/** Each party's keysets in order: the first the first accord names, each next one following it or the spare one of an accord. */
function verifiedKeysets(
  crypto: Crypto,
  { keysets }: RelationPapers,
  { accord, roots }: AccordFile,
  agreed: readonly Accord[],
): readonly Verified<SignedKeyset>[] {
  return accord.parties.flatMap(({ id, keyset: first }, at) => {
    const chain = keysets.filter(({ party }) => party === id).map(({ envelope }) => envelope);
    const root = roots[at === 0 ? 0 : 1];
    const spares = agreed.flatMap(({ parties }) =>
      parties.filter((one) => one.id === id).map((one) => one.spareKeyset),
    );
    return verifyKeysetChain(crypto, chain, { root: rootFingerprint(crypto, root), first, spares });
  });
}

function newest(keysets: readonly Verified<SignedKeyset>[], party: string): Verified<SignedKeyset> {
  const last = keysets.findLast(({ keyset }) => keyset.party === party);
  if (last === undefined) throw new Error(`no keyset of ${party}`);
  return last;
}
