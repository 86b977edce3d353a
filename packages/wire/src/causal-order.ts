import type { Parties, PartyId } from '@entente/protocol';

/** What says of an act whose it is and what it came after. */
interface Placed {
  readonly from: PartyId;
  readonly index: number;
  readonly seen: number;
}

/** Acts of both channels in one row: each after those before it in its channel, and after all it had seen of the other. */
export function inCausalOrder<Act extends Placed>([first, second]: Parties, acts: readonly Act[]): readonly Act[] {
  const of = (party: PartyId): Act[] =>
    acts.filter(({ from }) => from === party).toSorted((one, other) => one.index - other.index);
  const [ours, theirs] = [of(first), of(second)];
  const row: Act[] = [];
  for (;;) {
    const [one] = ours;
    const [other] = theirs;
    if (one === undefined || other === undefined) return [...row, ...ours, ...theirs];
    row.push(one.seen > other.index ? other : one);
    (one.seen > other.index ? theirs : ours).shift();
  }
}
