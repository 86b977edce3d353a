import { commonActs } from './common-acts.ts';
import { relationTrack } from './relation/track.ts';
import type { ActType, Track } from './track.ts';

/** An act type with the track it belongs to. */
export interface TypedAct {
  readonly track: Track;
  readonly type: ActType;
  /** Common to all tracks: folded the same in each. */
  readonly common: boolean;
}

const tables = new WeakMap<readonly Track[], ReadonlyMap<string, TypedAct>>();

/**
 * The one closed table of act types: the relation's own, those common to every track, and each track's (PROTOCOL §1.3).
 * @param type `leads/request`
 * @param version the track's version, as the head says it
 */
export function actTypeOf(tracks: readonly Track[], type: string, version: number): TypedAct | undefined {
  let table = tables.get(tracks);
  if (table === undefined) {
    table = new Map([relationTrack, ...tracks].flatMap(entriesOf));
    tables.set(tracks, table);
  }
  return table.get(`${type}@${version}`);
}

function entriesOf(track: Track): readonly (readonly [string, TypedAct])[] {
  const key = (type: ActType): string => `${track.name}/${type.name}@${track.version}`;
  const own = track.acts.map((type) => [key(type), { track, type, common: false }] as const);
  const common = commonActs.map((type) => [key(type), { track, type, common: true }] as const);
  return track === relationTrack ? own : [...own, ...common];
}
