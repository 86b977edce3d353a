import { type JsonObject, type PartyId, readRegister } from '@entente/protocol';
import type { AccordChain, Doubts, EvidenceDoubt } from '@entente/wire';

interface Sized {
  readonly owner: PartyId;
  readonly entries: number;
}

/** What the notices in an export say, and what is in doubt by them now, for a person. */
export function doubtTexts(chain: AccordChain, doubts: Doubts, channels: readonly Sized[]): readonly string[] {
  const told = [
    ...chain.acts.map(({ head, index }) => ({ head, stands: `entry ${index} of ${head.from}` })),
    ...chain.byRoad.map(({ head }) => ({ head, stands: 'by another road, in no channel yet' })),
  ].flatMap(({ head, stands }) => {
    const write = readRegister(head);
    return write?.kind === 'compromise'
      ? [
          `${head.from}’s root reports a compromise (${stands}): it trusts ${write.own} entries of ${head.from}, and its receipts of ${write.theirs} entries of ${head.to}.`,
        ]
      : [];
  });
  const { suspects, voids } = inNumbers(doubts, channels);
  return [
    ...told,
    ...suspects.map(
      ({ party, from, to }) => `Suspect, without effect until confirmed: entries ${from} to ${to} of ${party}.`,
    ),
    ...voids.map(
      ({ party, from, to, of }) =>
        `Void: what entries ${from} to ${to} of ${party} receipt of the other channel from entry ${of} on.`,
    ),
    ...chain.noted.map(
      ({ head, index, reason }) => `Without effect (${reason}): ${head.type}, entry ${index} of ${head.from}.`,
    ),
  ];
}

/** The same for programs: `to` is the first entry that is not in doubt. */
export function doubtsAsJson(doubts: Doubts, channels: readonly Sized[]): JsonObject {
  const { suspects, voids } = inNumbers(doubts, channels);
  return { suspect: suspects.map((range) => ({ ...range })), void: voids.map((range) => ({ ...range })) };
}

/** Why a bundle of evidence does not count, for a person. */
export function evidenceDoubtText({ kind, party, index }: EvidenceDoubt): string {
  switch (kind) {
    case 'act-suspect':
      return `The act is suspect: it is entry ${index} of ${party}, after the last that ${party}’s root trusts, and not confirmed.`;
    case 'receipt-suspect':
      return `The receipt is suspect: it is entry ${index} of ${party}, after the last that ${party}’s root trusts, and not confirmed.`;
    case 'receipt-void':
      return `The receipt is void: ${party}’s root trusts no receipt of the act given before its notice, nor entry ${index} of ${party}.`;
    default:
      return kind satisfies never;
  }
}

/** Ranges without an end end with their channel; those beyond it are none. */
function inNumbers({ suspects, voids }: Doubts, channels: readonly Sized[]): Pick<Doubts, 'suspects' | 'voids'> {
  const cut = <Range extends Doubts['suspects'][number]>(range: Range): readonly Range[] => {
    const size = channels.find(({ owner }) => owner === range.party)?.entries ?? 0;
    return range.from < size ? [{ ...range, to: Math.min(range.to, size) }] : [];
  };
  return { suspects: suspects.flatMap(cut), voids: voids.flatMap(cut) };
}
