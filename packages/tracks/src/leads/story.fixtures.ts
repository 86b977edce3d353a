import { createHash } from 'node:crypto';
import { canonicalJson, foldDossier, isBefore, lineUp } from '@entente/protocol';
import type {
  ActId,
  DossierState,
  Handling,
  Head,
  Json,
  JsonObject,
  LinedAct,
  LineEntry,
  LogSize,
  PartyId,
} from '@entente/protocol';
import { leads } from './index.ts';

/** Two parties' acts in one dossier, said in turn; each sees all that was said before, unless told what it had not seen. */
export interface Story {
  readonly says: (party: 'fr' | 'ma', type: string, inputs?: JsonObject, how?: How) => ActId;
  readonly state: () => DossierState;
  readonly line: () => readonly LinedAct[];
}

export interface How {
  /** An act of the counterpart that the author had not seen when speaking, nor anything after it. */
  readonly notSeeing?: ActId;
  /** The act whose state it leaves, where it is not the last one the author knows. */
  readonly leaves?: ActId;
  readonly handling?: Handling;
  /** Without a body there is nothing to handle. */
  readonly bodiless?: true;
}

type Told = Omit<LinedAct, 'rank'>;
type Parties = readonly [PartyId, PartyId];
const parties = ['fr', 'ma'] as unknown as Parties;
const swapped: Parties = [parties[1], parties[0]];

export function tell(): Story {
  const told: Told[] = [];
  const says: Story['says'] = (author, type, inputs = {}, how = {}) => {
    const [party, other] = author === 'fr' ? parties : swapped;
    const index = sizeOf(told, party);
    const seen = told.find(({ id }) => id === how.notSeeing)?.position.index ?? sizeOf(told, other);
    const known = told.filter((act) => isBefore(placeOf(act), { party, index, seen }));
    const leaves = how.leaves ?? (isTransition(type) ? foldDossier(leads, lined(known))?.since : undefined);
    const head = headOf(party, other, `leads/${type}`, inputs, how, leaves);
    const id = idOf(head);
    told.push({ id, head, position: { party, epoch: 0, index }, seen, verdict: { kind: 'effective' } });
    return id;
  };
  return {
    says,
    line: () => lined(told),
    state: () => {
      const state = foldDossier(leads, lined(told));
      if (state === undefined) throw new Error('nothing opened the dossier');
      return state;
    },
  };
}

function lined(acts: readonly Told[]): readonly LinedAct[] {
  return lineUp(
    acts.map((act) => ({ ...act, ...placeOf(act) })),
    parties,
  );
}

function placeOf<Seen extends number>({
  position: { party, index },
  seen,
}: Told & { readonly seen: Seen }): LineEntry & { readonly seen: Seen } {
  return { party, index, seen };
}

function sizeOf(told: readonly Told[], party: PartyId): LogSize {
  return told.filter(({ position }) => position.party === party).length as LogSize;
}

function isTransition(name: string): boolean {
  const type = leads.acts.find((type) => type.name === name);
  return type?.effect === 'transition' && type.from.length > 0;
}

export function idOf(head: Head): ActId {
  return createHash('sha256')
    .update(canonicalJson(head as unknown as Json))
    .digest('hex') as ActId;
}

export const urgentRequest: JsonObject = { crimeArea: 'terrorism', purpose: 'investigation', urgency: 'urgent' };
export const ordinaryRequest: JsonObject = { ...urgentRequest, urgency: 'other' };
export const information: JsonObject = { crimeArea: 'drugs', purpose: 'prevention' };

export function headOf(
  from: string,
  to: string,
  type: string,
  inputs: JsonObject,
  how: How,
  leaves: ActId | undefined,
): Head {
  return {
    v: 1,
    type,
    trackVersion: 1,
    from,
    to,
    relation: 'fr-ma',
    accord: 'a'.repeat(64),
    dossier: '0123456789abcdef0123456789abcdef',
    basis: [],
    ...(leaves === undefined ? {} : { leaves }),
    handling: how.handling ?? { codes: ['H0'] },
    inputs,
    gates: [],
    author: { function: `duty-${from}`, pseudonym: `o-${from}` },
    ...(how.bodiless ? {} : { body: 'b'.repeat(64) }),
  } as unknown as Head;
}

export function movesOf(state: DossierState, clock: string): readonly string[] {
  const run = state.clocks.find((run) => run.clock === clock);
  return run === undefined ? ['absent'] : run.moves.map(({ move }) => move);
}

export function noteOf(state: DossierState, act: ActId): string | undefined {
  return state.acts.find(({ id }) => id === act)?.reason;
}
