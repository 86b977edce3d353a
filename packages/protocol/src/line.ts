import type { PartyId } from './identifiers.ts';

/** What order needs to know of an entry: whose channel, which index, how much of the counterpart's channel it had seen. */
export interface LineEntry {
  readonly party: PartyId;
  readonly index: number;
  readonly seen: number;
}

/** A prefix of both channels, the first-listed party's first; a cut if no covered entry sees beyond it (PROTOCOL §3.2). */
export interface Cut {
  readonly sizes: readonly [number, number];
}

/** Both parties in the order of the accord. */
export type Parties = readonly [PartyId, PartyId];

/** How much the entry at an index of a channel had seen; channels as 0 and 1 in the order of the accord. */
export type SeenAt = (channel: 0 | 1, index: number) => number;

/** Whether `x` is before `y` (PROTOCOL §3.1). Chaining needs no walk: *seen* never decreases along a channel. */
export function isBefore(x: LineEntry, y: LineEntry): boolean {
  return x.party === y.party ? x.index < y.index : x.index < y.seen;
}

export function isConcurrent(x: LineEntry, y: LineEntry): boolean {
  return !isBefore(x, y) && !isBefore(y, x) && !(x.party === y.party && x.index === y.index);
}

/** The rank of an entry from that of the entry before it in its channel and that of the last one it has seen; 0 where absent. */
export function rankAfter(previous: number, lastSeen: number): number {
  return 1 + Math.max(previous, lastSeen);
}

/** Order of the one line: by rank, then by the parties' order in the accord, then by index. */
export function compareInLine(parties: Parties): (x: Ranked, y: Ranked) => number {
  return (x, y) => x.rank - y.rank || parties.indexOf(x.party) - parties.indexOf(y.party) || x.index - y.index;
}
export type Ranked = LineEntry & { readonly rank: number };

/** Ranks all entries of a cut and lists them in line. Takes them in any order; those that see beyond the rest are left out. */
export function lineUp<Entry extends LineEntry>(entries: Iterable<Entry>, parties: Parties): (Entry & Ranked)[] {
  const waiting = channelsOf(entries, parties);
  const ranks: [number[], number[]] = [[], []];
  const line: (Entry & Ranked)[] = [];
  let moved = true;
  while (moved) {
    moved = false;
    for (const channel of [0, 1] as const) {
      const own = ranks[channel];
      const theirs = ranks[channel === 0 ? 1 : 0];
      for (let entry = waiting[channel][own.length]; entry !== undefined; entry = waiting[channel][own.length]) {
        if (entry.index !== own.length || entry.seen > theirs.length) break;
        const rank = rankAfter(own.at(-1) ?? 0, theirs[entry.seen - 1] ?? 0);
        own.push(rank);
        line.push({ ...entry, rank });
        moved = true;
      }
    }
  }
  return line.sort(compareInLine(parties));
}

/** Whether sizes make a cut. As *seen* never decreases, the last entry of each side answers for all. */
export function isCut({ sizes: [m, n] }: Cut, seenAt: SeenAt): boolean {
  return (m === 0 || seenAt(0, m - 1) <= n) && (n === 0 || seenAt(1, n - 1) <= m);
}

/** The largest cut within what is held of each channel. */
export function largestCut(held: Cut, seenAt: SeenAt): Cut {
  let [m, n] = held.sizes;
  for (;;) {
    const smallerM = firstSeeingBeyond(0, m, n, seenAt);
    const smallerN = firstSeeingBeyond(1, n, smallerM, seenAt);
    if (smallerM === m && smallerN === n) return { sizes: [m, n] };
    [m, n] = [smallerM, smallerN];
  }
}

/** The smallest cut that covers entries: what they are and all they have seen, by chaining. */
export function cover(entries: Iterable<LineEntry>, parties: Parties, seenAt: SeenAt): Cut {
  const sizes: [number, number] = [0, 0];
  for (const entry of entries) {
    const own = entry.party === parties[0] ? 0 : 1;
    sizes[own] = Math.max(sizes[own], entry.index + 1);
  }
  for (;;) {
    const [m, n] = sizes;
    if (m > 0) sizes[1] = Math.max(n, seenAt(0, m - 1));
    if (n > 0) sizes[0] = Math.max(m, seenAt(1, n - 1));
    if (sizes[0] === m && sizes[1] === n) return { sizes: [m, n] };
  }
}

export function isCovered(entry: LineEntry, cut: Cut, parties: Parties): boolean {
  return entry.index < cut.sizes[entry.party === parties[0] ? 0 : 1];
}

function firstSeeingBeyond(channel: 0 | 1, size: number, limit: number, seenAt: SeenAt): number {
  if (size === 0 || seenAt(channel, size - 1) <= limit) return size;
  let low = 0;
  let high = size - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (seenAt(channel, middle) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

function channelsOf<Entry extends LineEntry>(entries: Iterable<Entry>, parties: Parties): readonly [Entry[], Entry[]] {
  const channels: [Entry[], Entry[]] = [[], []];
  for (const entry of entries) channels[entry.party === parties[0] ? 0 : 1].push(entry);
  for (const channel of channels) channel.sort((x, y) => x.index - y.index);
  return channels;
}
