import { type Accord, type Parties, type Sha256Hex } from '@entente/protocol';
import {
  type AccordFile,
  c2spCryptoOf,
  type Crypto,
  keyIdOf,
  type Keyset,
  logSigners,
  logVkeys,
  mirrorSigners,
  mirrorVkeys,
  originOf,
  rootFingerprint,
  type SignedKeyset,
  verifyAccord,
  verifyKeyset,
} from '@entente/wire';
import { tracks } from '@entente/tracks';
import type { Keystore } from '../adapters/keystore.ts';
import type { Queryable } from '../store/database.ts';
import { readPapers, type RelationPapers, type RelationRecord } from '../store/relations.ts';
import { Authority } from './authority.ts';
import { seedsOf } from './found-relation.ts';
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
  const papers = await readPapers(queryable, record.relation);
  const files = papers.accords.map(({ envelope }) => verifyAccord(crypto, envelope, roots));
  const first = files[0];
  if (first === undefined) throw new Error(`relation ${record.name} has no accord`);
  const keysets = verifiedKeysets(crypto, papers, first);
  const ownKeyset = newest(keysets, own);
  const theirKeyset = newest(keysets, counterpart);
  const keys = await keystore.readRelation(record.name);
  const accords = new Map<Sha256Hex, Accord>(files.map(({ id, accord }) => [id, accord]));
  const parties: Parties = [first.accord.parties[0].id, first.accord.parties[1].id];
  const facts = new Map(keysets.map(({ id, keyset }) => [id, factsOf(crypto, keyset)]));
  const authority = new Authority(crypto, record.relation, {
    accord: (hash) => accords.get(hash),
    keyset: (hash) => facts.get(hash),
    tracks,
    firstAccord: first.id,
    parties,
    keysets: keysets.map(({ keyset }) => keyset),
  });
  const hasher = c2spCryptoOf(crypto);
  const sealing = [...keys.sealing];
  return {
    number: record.relation,
    name: record.name,
    own,
    counterpart,
    parties,
    keys,
    ownKeyset,
    theirKeyset,
    log: (epoch) => logSigners(crypto, originOf(own, counterpart, epoch), seedsOf(keys.log)),
    mirror: mirrorSigners(crypto, own, seedsOf(keys.mirror)),
    theirLog: (epoch) => logVkeys(hasher, originOf(counterpart, own, epoch), theirKeyset.keys.log),
    theirMirror: mirrorVkeys(hasher, counterpart, theirKeyset.keys.mirror),
    authority,
    sealTo: () => authority.present(counterpart).sealingKey()?.recipient ?? theirKeyset.keys.sealing,
    sealing: () => sealing,
  };
}

/** Each party's keysets, signed by the root that the accord names. */
function verifiedKeysets(
  crypto: Crypto,
  { keysets }: RelationPapers,
  { accord, roots }: AccordFile,
): readonly SignedKeyset[] {
  return keysets.map(({ party, envelope }) => {
    const root = party === accord.parties[0].id ? roots[0] : roots[1];
    return verifyKeyset(crypto, envelope, rootFingerprint(crypto, root));
  });
}

function newest(keysets: readonly SignedKeyset[], party: string): Keyset {
  const last = keysets.filter(({ keyset }) => keyset.party === party).at(-1);
  if (last === undefined) throw new Error(`no keyset of ${party}`);
  return last.keyset;
}

function factsOf(
  crypto: Crypto,
  { keys, root }: Keyset,
): { station: Sha256Hex; administration: Sha256Hex; root: Sha256Hex } {
  return {
    station: keyIdOf(crypto, { kind: 'station', publicKey: keys.station }),
    administration: keyIdOf(crypto, { kind: 'administration', publicKey: keys.administration }),
    root: rootFingerprint(crypto, root),
  };
}
