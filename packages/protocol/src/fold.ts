import type { LinedAct } from './act.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Json } from './json.ts';
import { ClockRuns } from './fold-clocks.ts';
import { foldCommon } from './fold-common.ts';
import { typeActs } from './fold-speech.ts';
import { decideOutcomes } from './fold-transitions.ts';
import type { Outcome } from './fold-transitions.ts';
import type { ActId } from './identifiers.ts';
import type { DossierState, FoldedAct, Track } from './track.ts';
import { writeUtf8 } from './utf8.ts';

/**
 * The state of one dossier at a cut (PROTOCOL §3.2–3.4): total, deterministic, from heads alone. Acts that have no effect are
 * kept, noted with the reason. Undefined while no act of the cut opens the dossier.
 * @param track in the version of the dossier's opening act
 * @param acts the dossier's acts that the cut covers, in line order, suspects marked
 */
export function foldDossier(track: Track, acts: readonly LinedAct[]): DossierState | undefined {
  const typed = typeActs(track, acts);
  const outcomes = decideOutcomes(typed);
  const folded = new Map<ActId, FoldedAct>();
  const clocks = new ClockRuns();
  let state: DossierState | undefined;
  for (const current of typed) {
    const { act, type } = current;
    const outcome = outcomes.get(current) ?? { kind: 'stands' };
    if (!folded.has(act.id)) folded.set(act.id, foldedAct(act, outcome));
    if (type === undefined || outcome.kind === 'noted') continue;
    if (outcome.kind === 'leads') {
      state = { ...(state ?? opened(track, act)), state: outcome.state, since: act.id };
    }
    if (state === undefined) continue;
    foldCommon(folded, current);
    clocks.move(type, act);
    state = { ...state, clocks: clocks.runs };
    state = { ...state, data: track.fold(state.data, act, state) };
  }
  return state && { ...state, acts: [...folded.values()] };
}

/** The bytes that both stations compare: the state in JCS. */
export function stateBytes(state: DossierState): Uint8Array {
  return writeUtf8(canonicalJson(state as unknown as Json));
}

function opened(track: Track, { id, head }: LinedAct): DossierState {
  const { dossier, from: opener } = head;
  const { name, version, initialData: data } = track;
  return { dossier, track: name, trackVersion: version, opener, state: '', since: id, acts: [], clocks: [], data };
}

function foldedAct({ id, head }: LinedAct, outcome: Outcome): FoldedAct {
  const entry = { id, type: head.type, from: head.from };
  if (outcome.kind !== 'noted') return { ...entry, effect: 'effective' };
  const { reason, by } = outcome;
  return { ...entry, effect: 'noted', reason, ...(by === undefined ? {} : { by }) };
}
