import type { LinedAct } from './act.ts';
import type { PartyId } from './identifiers.ts';
import type { Written } from './timeline.ts';

/** Entries of a party's channel, `from` up to and without `to`, without effect until confirmed (PROTOCOL §4.2). */
export interface SuspectRange {
  readonly party: PartyId;
  readonly from: number;
  readonly to: number;
}

/** From each notice the entries after the last trusted one and before the notice itself, less what was confirmed since. */
export function suspectRanges(
  party: PartyId,
  notices: readonly Written<{ readonly own: number }>[],
  confirmations: readonly Written<{ readonly from: number; readonly to: number }>[],
): readonly SuspectRange[] {
  return notices.flatMap((notice) => {
    let left: readonly SuspectRange[] = [{ party, from: notice.value.own, to: notice.at }];
    for (const { at, value } of confirmations)
      if (at > notice.at) left = left.flatMap((range) => without(range, value));
    return left.filter((range) => range.from < range.to);
  });
}

/**
 * The acts of a cut with the suspect ones noted. An entry's verdict is final; suspicion is a reading of the cut that holds the
 * notice, so the fold of a cut without it does not change.
 */
export function markSuspects(acts: readonly LinedAct[], ranges: readonly SuspectRange[]): readonly LinedAct[] {
  if (ranges.length === 0) return acts;
  return acts.map((act) => (isSuspect(act, ranges) ? { ...act, verdict: { kind: 'noted', reason: 'suspect' } } : act));
}

function isSuspect({ position, verdict }: LinedAct, ranges: readonly SuspectRange[]): boolean {
  return (
    verdict.kind === 'effective' &&
    ranges.some(({ party, from, to }) => party === position.party && position.index >= from && position.index < to)
  );
}

function without(
  range: SuspectRange,
  confirmed: { readonly from: number; readonly to: number },
): readonly SuspectRange[] {
  return [
    { ...range, to: Math.min(range.to, confirmed.from) },
    { ...range, from: Math.max(range.from, confirmed.to) },
  ].filter(({ from, to }) => from < to);
}
