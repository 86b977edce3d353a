import type { LinedAct, NotedReason } from './act.ts';
import { commonActs } from './common-acts.ts';
import type { ActId, PartyId } from './identifiers.ts';
import { isActId } from './identifiers.ts';
import { isBefore } from './line.ts';
import type { LineEntry } from './line.ts';
import type { ActType, Track } from './track.ts';

/** An act of a dossier with its type in the dossier's track, and what is wrong with it whatever the state. */
export interface TypedAct {
  readonly act: LinedAct;
  readonly place: LineEntry;
  /** Absent for an exercise, which has no effect, and where `fault` says why. */
  readonly type?: ActType;
  /** The act of the same dossier that it speaks of. */
  readonly named?: TypedAct;
  readonly fault?: NotedReason;
}

/** Finds the type of each act, and the act it speaks of; notes what neither state nor order could heal. */
export function typeActs(track: Track, acts: readonly LinedAct[]): readonly TypedAct[] {
  const known = new Map<ActId, TypedAct>();
  return acts.map((act) => {
    const typed = typeAct(track, act, known);
    if (!known.has(act.id)) known.set(act.id, typed);
    return typed;
  });
}

/** Whether a side may say the type at all, and of the act it names. */
export function faultOfSide({ act, type, named }: TypedAct, opener: PartyId): NotedReason | undefined {
  if (type === undefined) return undefined;
  const { from } = act.head;
  switch (type.by) {
    case 'either':
      return undefined;
    case 'opener':
      return from === opener ? undefined : 'not-the-owner';
    case 'other':
      return from === opener ? 'not-the-owner' : undefined;
    case 'owner':
      return named?.act.head.from === from ? undefined : 'not-the-owner';
    default:
      return type.by satisfies never;
  }
}

function typeAct(track: Track, act: LinedAct, known: ReadonlyMap<ActId, TypedAct>): TypedAct {
  const place = { party: act.position.party, index: act.position.index, seen: act.seen };
  if (act.verdict.kind === 'noted') return { act, place, fault: act.verdict.reason };
  if (act.head.type === 'relation/exercise') return { act, place };
  const type = typeOf(track, act.head.type);
  if (type === undefined) return { act, place, fault: 'type-unknown' };
  if (act.head.trackVersion !== track.version) return { act, place, fault: 'version-not-in-accord' };
  if (type.speaksOf === undefined) return { act, place, type };
  const { of } = act.head.inputs;
  const named = isActId(of) ? known.get(of) : undefined;
  // Nobody can speak of what they have not seen.
  if (named === undefined || !isBefore(named.place, place)) return { act, place, type, fault: 'names-unknown-act' };
  const fault = faultOfNaming(type, act, named);
  return fault === undefined ? { act, place, type, named } : { act, place, type, named, fault };
}

function typeOf(track: Track, name: string): ActType | undefined {
  if (!name.startsWith(`${track.name}/`)) return undefined;
  const short = name.slice(track.name.length + 1);
  return track.acts.find((type) => type.name === short) ?? commonActs.find((type) => type.name === short);
}

function faultOfNaming(type: ActType, act: LinedAct, named: TypedAct): NotedReason | undefined {
  const isOwn = named.act.head.from === act.head.from;
  if ((type.speaksOf === 'own' && !isOwn) || (type.speaksOf === 'theirs' && isOwn)) return 'not-the-owner';
  const answered = answers[type.name];
  const namedCommon = commonActs.includes(type) ? namedName(named) : undefined;
  if (namedCommon === undefined) return undefined;
  if (answered !== undefined)
    return namedCommon === answered && named.fault === undefined ? undefined : 'names-unknown-act';
  // Recalling a recall would loosen what only tightens.
  return commonActs.some(({ name }) => name === namedCommon) ? 'not-in-this-state' : undefined;
}

const answers: Readonly<Record<string, string>> = { 'recall-answer': 'recall', 'erase-answer': 'erase' };

function namedName({ act }: TypedAct): string {
  return act.head.type.slice(act.head.type.indexOf('/') + 1);
}
