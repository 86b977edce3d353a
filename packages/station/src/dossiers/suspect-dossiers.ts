import type { DossierId, SuspectRange } from '@entente/protocol';
import type { Queryable } from '../store/database.ts';
import type { HeldChannels, Sizes } from '../store/folding.ts';
import { dossiersIn } from '../store/leaves.ts';
import type { Folding } from './folding.ts';

/** Dossiers with acts that are suspect at one of two cuts and not, or not known to be, at the other. */
export async function suspectDossiers(
  queryable: Queryable,
  { relation, suspects }: Folding,
  channels: HeldChannels,
  from: Sizes,
  to: Sizes,
): Promise<readonly DossierId[]> {
  const before = await suspects.at(queryable, channels, from);
  const after = await suspects.at(queryable, channels, to);
  const changed = [...without(after, before), ...without(before, after)];
  const touched: DossierId[] = [];
  for (const { party, from: first, to: end } of changed) {
    const { channel } = party === relation.own ? channels.own : channels.theirs;
    touched.push(...(await dossiersIn(queryable, relation.number, channel, first, end)));
  }
  return touched;
}

function without(ranges: readonly SuspectRange[], known: readonly SuspectRange[]): readonly SuspectRange[] {
  return ranges.filter(
    (range) => !known.some(({ party, from, to }) => party === range.party && from === range.from && to === range.to),
  );
}
