import {
  type ActId,
  compareInLine,
  type DossierId,
  type DossierState,
  foldDossier,
  type Head,
  type Instant,
  type LinedAct,
  type LogSize,
  markSuspects,
  readHead,
  stateBytes,
  type SuspectRange,
} from '@entente/protocol';
import { type DeclaredTrack, tracks } from '@entente/tracks';
import { readEnvelope } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import type { Queryable } from '../store/database.ts';
import { type DossierEntry, readDossierEntries } from '../store/dossiers.ts';
import type { HeldChannels, Sizes } from '../store/folding.ts';
import { readEnvelopesAt } from '../store/leaves.ts';
import type { Folding } from './folding.ts';

/** An act in its dossier's line, with the time its leaf claims. */
export interface PlacedAct extends LinedAct {
  readonly own: boolean;
  readonly time: Instant;
}

/** A dossier folded at a cut, with the acts it was folded from. */
export interface FoldedDossier {
  readonly track: DeclaredTrack;
  readonly state: DossierState;
  /** The state's JCS. */
  readonly bytes: Uint8Array;
  readonly acts: readonly PlacedAct[];
}

/**
 * Folds dossiers at a cut; those that no act of it opens are left out.
 * @param after entries of these dossiers that stand beyond the cut and count as well
 */
export async function foldAt(
  queryable: Queryable,
  { relation }: Folding,
  channels: HeldChannels,
  cut: Sizes,
  suspects: readonly SuspectRange[],
  dossiers: readonly DossierId[],
  after: readonly DossierEntry[] = [],
): Promise<ReadonlyMap<DossierId, FoldedDossier>> {
  const before = await readDossierEntries(queryable, relation.number, channels, cut, dossiers);
  const entries = after.length === 0 ? before : [...before, ...after];
  const heads = await headsOf(queryable, relation, channels, entries);
  const acts = new Map<DossierId, PlacedAct[]>();
  for (const entry of entries) {
    const head = heads.get(entry.act);
    if (head === undefined) throw new Error(`act ${entry.act} of dossier ${entry.dossier} has no head`);
    const act = placed(channels, entry, head);
    const known = acts.get(entry.dossier);
    if (known === undefined) acts.set(entry.dossier, [act]);
    else known.push(act);
  }
  const inLine = compareInLine(relation.parties);
  const folded = new Map<DossierId, FoldedDossier>();
  for (const [dossier, unordered] of acts) {
    const line = unordered.sort((x, y) => inLine(lineEntry(x), lineEntry(y)));
    const dossierFolded = foldLine(line, suspects);
    if (dossierFolded !== undefined) folded.set(dossier, dossierFolded);
  }
  return folded;
}

/** Folds one dossier from its acts in line; undefined where none opens it. */
export function foldLine(line: readonly PlacedAct[], suspects: readonly SuspectRange[]): FoldedDossier | undefined {
  const marked = markSuspects(line, suspects);
  const track = openingTrack(marked);
  const state = track && foldDossier(track, marked);
  return track && state && { track, state, bytes: stateBytes(state), acts: line };
}

/** The track of the first act that opens a dossier, in that act's version: the dossier keeps it (PROTOCOL §3.7). */
function openingTrack(line: readonly LinedAct[]): DeclaredTrack | undefined {
  for (const { head, verdict } of line) {
    if (verdict.kind === 'noted') continue;
    const [name, type] = head.type.split('/');
    const track = tracks.find((one) => one.name === name && one.version === head.trackVersion);
    if (track?.acts.some((one) => one.name === type && one.from !== 'any' && one.from.length === 0)) return track;
  }
  return undefined;
}

/** The heads of entries by act, read again where they were not read just before. All that stand in dossiers can be read. */
async function headsOf(
  queryable: Queryable,
  relation: Relation,
  channels: HeldChannels,
  entries: readonly DossierEntry[],
): Promise<ReadonlyMap<ActId, Head>> {
  const heads = new Map<ActId, Head>();
  const missing = { own: new Map<number, ActId>(), theirs: new Map<number, ActId>() };
  for (const { act, own, index } of entries) {
    const head = relation.heads.get(act);
    if (head === undefined) missing[own ? 'own' : 'theirs'].set(index, act);
    else heads.set(act, head);
  }
  for (const side of ['own', 'theirs'] as const) {
    const indexes = [...missing[side].keys()];
    for (const { index, envelope } of await readEnvelopesAt(
      queryable,
      relation.number,
      channels[side].channel,
      indexes,
    )) {
      const act = missing[side].get(index);
      if (act !== undefined) heads.set(act, readHead(readEnvelope(envelope).headBytes));
    }
  }
  return heads;
}

/** In its place, under the id it was accepted under. */
function placed(channels: HeldChannels, entry: DossierEntry, head: Head): PlacedAct {
  const { owner, epoch } = entry.own ? channels.own : channels.theirs;
  return {
    id: entry.act,
    head,
    position: { party: owner, epoch, index: entry.index as LogSize },
    rank: entry.rank,
    seen: entry.seen as LogSize,
    verdict: entry.verdict === null ? { kind: 'effective' } : { kind: 'noted', reason: entry.verdict },
    own: entry.own,
    time: entry.time,
  };
}

function lineEntry({ position, seen, rank }: PlacedAct): Parameters<ReturnType<typeof compareInLine>>[0] {
  return { party: position.party, index: position.index, seen, rank };
}
