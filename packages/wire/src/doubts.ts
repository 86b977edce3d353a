import {
  type Head,
  type Parties,
  type PartyId,
  readRegister,
  type RegisterWrite,
  type Sha256Hex,
  type SuspectRange,
  suspectRanges,
} from '@entente/protocol';

/** Entries of a party's channel, `from` up to and without `to`, that are no receipt of the other's entries from `of` on. */
export interface VoidReceipts extends SuspectRange {
  readonly of: number;
}

/** What roots have put in doubt by compromise notices, less what they stood by since (PROTOCOL §4.2). */
export interface Doubts {
  readonly suspects: readonly SuspectRange[];
  readonly voids: readonly VoidReceipts[];
  /** Keys that notices name as stopped. */
  readonly stopped: ReadonlySet<Sha256Hex>;
}

/** What roots said, as far as it bears on doubts: of acts that stand nowhere yet there is no index. */
export interface Reports {
  readonly parties: Parties;
  readonly acts: readonly { readonly head: Head; readonly index: number }[];
  readonly byRoad: readonly { readonly head: Head }[];
}

type Written<Kind extends RegisterWrite['kind']> = Extract<RegisterWrite, { readonly kind: Kind }>;

/**
 * What the acts of a chain put in doubt. A notice that stands in no channel yet doubts whatever its party has logged so far.
 * @param within reads what one party's channel alone says before an index, as its author's past has it
 */
export function doubtsOf(
  { parties, acts, byRoad }: Reports,
  within?: { readonly party: PartyId; readonly size: number },
): Doubts {
  const said = [...acts, ...(within === undefined ? byRoad : [])];
  const read = parties
    .filter((party) => within === undefined || party === within.party)
    .map((party) => readDoubts(party, said, within?.size ?? Infinity));
  return {
    suspects: read.flatMap(({ suspects }) => suspects),
    voids: read.flatMap(({ voids }) => voids),
    stopped: new Set(read.flatMap(({ stopped }) => [...stopped])),
  };
}

export function isSuspect({ suspects }: Doubts, party: PartyId, index: number): boolean {
  return suspects.some((range) => range.party === party && index >= range.from && index < range.to);
}

/** Whether a party's entry is void as a receipt of an entry of the other channel. */
export function isVoid({ voids }: Doubts, party: PartyId, index: number, of: number): boolean {
  return voids.some((one) => one.party === party && of >= one.of && index >= one.from && index < one.to);
}

function readDoubts(
  party: PartyId,
  said: readonly { readonly head: Head; readonly index?: number }[],
  size: number,
): Doubts {
  const written = said
    .filter(({ head }) => head.from === party)
    .map(({ head, index = Infinity }) => ({ at: index, value: readRegister(head) }))
    .filter(({ at }) => at < size || size === Infinity);
  const of = <Kind extends RegisterWrite['kind']>(kind: Kind) =>
    written.flatMap(({ at, value }) => (value?.kind === kind ? [{ at, value: value as Written<Kind> }] : []));
  const [notices, confirmations] = [of('compromise'), of('confirmation')];
  const voids = notices.flatMap(({ at, value: { theirs } }) =>
    suspectRanges(party, [{ at, value: { own: 0 } }], confirmations).map((range) => ({ ...range, of: theirs })),
  );
  return {
    suspects: suspectRanges(party, notices, confirmations),
    voids,
    stopped: new Set(notices.flatMap(({ value }) => value.keys)),
  };
}
