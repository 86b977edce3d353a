import type { Parties, PartyId, RelationId } from '@entente/protocol';
import type { Crypto, DoubleSigner, DoubleVkey, Keyset, SignedKeyset, Verified } from '@entente/wire';
import type { RelationKeys, SealingKey } from '../adapters/keystore.ts';
import type { Clock } from '../adapters/clock.ts';
import type { Database } from '../store/database.ts';
import type { Authority } from './authority.ts';
import type { HighWater } from './high-water.ts';
import type { RecentHeads } from './recent-heads.ts';

/** What every verb of a station works with, besides the relation it is about. */
export interface Parts {
  readonly database: Database;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly highWater: HighWater;
}

/** One relation as a running station holds it: who, with which keys, judged by which registers. */
export interface Relation {
  readonly number: number;
  readonly name: RelationId;
  readonly own: PartyId;
  readonly counterpart: PartyId;
  /** In the order of the accord. */
  readonly parties: Parties;
  readonly keys: RelationKeys;
  readonly ownKeyset: Keyset;
  readonly theirKeyset: Keyset;
  /** All keysets of both parties, each one's in the order in which they came. */
  readonly keysets: readonly Verified<SignedKeyset>[];
  /** How many keysets and notices of both roots were in the store when these were taken from it. */
  readonly rootPapers: number;
  /** Signs the heads of our channel in an epoch, cosigns those of theirs; both algorithms or none. */
  readonly log: (epoch: number) => DoubleSigner;
  readonly mirror: DoubleSigner;
  /** The counterpart's verifier keys. */
  readonly theirLog: (epoch: number) => DoubleVkey;
  readonly theirMirror: DoubleVkey;
  readonly authority: Authority;
  readonly heads: RecentHeads;
  /** The age recipient that parcels to the counterpart are sealed to. @throws Refusal `key-unknown` where none is trusted */
  readonly sealTo: () => string;
  /** The same where its keys were reported stolen: for a root's notice, which holds nothing secret and must not wait. */
  readonly sealNoticesTo: () => string;
  /** Our own sealing keys, newest last. */
  readonly sealing: () => readonly SealingKey[];
  /** Takes the keys and papers that are in the store now, in place: a root's notice changed them. */
  readonly reload: () => Promise<void>;
  /** Reads them again: another process of this station may have made or destroyed one. */
  readonly reloadSealing: () => Promise<void>;
}
