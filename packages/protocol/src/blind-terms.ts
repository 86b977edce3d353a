import type { PartyId } from './identifiers.ts';

/** One party's public key for a purpose: ristretto255, 32 bytes, base64. A later one has a higher epoch. */
export interface BlindKeyTerms {
  readonly party: PartyId;
  readonly epoch: number;
  readonly key: string;
}

/** What the parties agreed on blind checks for one purpose. A party without a key there answers none. */
export interface BlindTerms {
  /** `track/purpose`; the lane of the track governs the checks. */
  readonly purpose: string;
  readonly keys: readonly BlindKeyTerms[];
  /** Blinded elements in every query, pads included: of an identity with more match keys the likeliest to meet are asked. */
  readonly elements: number;
  /** How many queries each party may put in a day (UTC), and in 30 days ending with it. */
  readonly queriesPerDay: number;
  readonly queriesPerMonth: number;
  /** A set older than this is not queried any more: its owner publishes anew within it. */
  readonly setDays: number;
  /** So many days longer both sides keep a set for audit; `blindAuditDays` where the accord says nothing. */
  readonly auditDays?: number;
}

/** How long a set is kept for audit once it is too old to be queried: a yearly audit, and a month to ask back. */
export function blindAuditDays(terms: BlindTerms | undefined): number {
  return terms?.auditDays ?? 400;
}

/** What an accord says of blind checks for a purpose; undefined where it allows none. */
export function blindTermsOf(
  { blind = [] }: { readonly blind?: readonly BlindTerms[] },
  purpose: string,
): BlindTerms | undefined {
  return blind.find((terms) => terms.purpose === purpose);
}

/** The key in force: of those the accord names and the root has announced since, the one of the highest epoch. */
export function blindKeyInForce(
  terms: BlindTerms,
  party: PartyId,
  announced: Omit<BlindKeyTerms, 'party'> | undefined,
): Omit<BlindKeyTerms, 'party'> | undefined {
  const agreed = terms.keys.find((key) => key.party === party);
  if (agreed === undefined || announced === undefined) return agreed;
  return announced.epoch > agreed.epoch ? announced : agreed;
}
