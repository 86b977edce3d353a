import type { Accord } from './accord.ts';
import type { Sha256Hex } from './identifiers.ts';
import type { Track } from './track.ts';

/** The keys of a keyset, each as the hash that `SignerFact.key` carries; for the root, the hash of both root keys. */
export interface KeysetFacts {
  readonly station: Sha256Hex;
  readonly administration: Sha256Hex;
  readonly root: Sha256Hex;
}

/** What both sides hold besides the channels: accords and keysets by hash, and the tracks they run. */
export interface Known {
  readonly accord: (hash: Sha256Hex) => Accord | undefined;
  readonly keyset: (hash: Sha256Hex) => KeysetFacts | undefined;
  readonly tracks: readonly Track[];
}
