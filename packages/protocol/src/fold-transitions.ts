import type { NotedReason } from './act.ts';
import { faultOfSide } from './fold-speech.ts';
import type { TypedAct } from './fold-speech.ts';
import type { ActId } from './identifiers.ts';
import { isBefore } from './line.ts';
import type { ActType } from './track.ts';

/** What becomes of an act in its dossier: it leads to a state, has effect where it stands, or is noted. */
export type Outcome =
  | { readonly kind: 'leads'; readonly state: string }
  | { readonly kind: 'stands' }
  | { readonly kind: 'noted'; readonly reason: NotedReason; readonly by?: ActId };

/** A transition that names a state it may leave. Standing, or overtaken with all that hangs on it. */
interface Step {
  readonly act: TypedAct;
  readonly state: string;
  next: Step | undefined;
  overtakenBy: ActId | undefined;
}

/**
 * Decides which transitions of a dossier stand (PROTOCOL §3.4). From the opening act on, each state is left once: of two
 * concurrent transitions that leave it the higher precedence stands, else the first in line, and the other is overtaken
 * with whatever was built on it. All other acts are measured by the state that their authors could see.
 */
export function decideOutcomes(acts: readonly TypedAct[]): ReadonlyMap<TypedAct, Outcome> {
  const outcomes = new Map<TypedAct, Outcome>();
  const steps = new Map<ActId, Step>();
  const opening = acts.find((act) => act.fault === undefined && act.type !== undefined && isOpening(act.type));
  const first = opening === undefined ? undefined : newStep(opening, '');
  const opener = opening?.act.head.from;
  if (first !== undefined) steps.set(first.act.act.id, first);

  for (const act of acts) {
    if (act.type?.effect !== 'transition' || act === opening || isOpening(act.type) || act.fault !== undefined)
      continue;
    const fault = opener === undefined ? 'dossier-unopened' : faultOfSide(act, opener);
    const outcome = fault === undefined ? takeStep(act, steps) : noted(fault);
    if (outcome !== undefined) outcomes.set(act, outcome);
  }

  for (const step of steps.values()) outcomes.set(step.act, outcomeOf(step));
  const line = standing(first);
  for (const act of acts) if (!outcomes.has(act)) outcomes.set(act, outcomeOfOther(act, line));
  return outcomes;
}

/** Adds a step; or says why it is none. */
function takeStep(act: TypedAct, steps: Map<ActId, Step>): Outcome | undefined {
  const { leaves } = act.act.head;
  const left = leaves === undefined ? undefined : steps.get(leaves);
  if (left === undefined || act.type === undefined) return noted('not-in-this-state');
  if (!isBefore(left.act.place, act.place)) return noted('names-unknown-act');
  if (!maySayIn(act.type, left.state)) return noted('not-in-this-state');
  const step = newStep(act, left.state);
  const rival = left.next;
  if (left.overtakenBy !== undefined) {
    step.overtakenBy = left.overtakenBy;
  } else if (rival === undefined) {
    left.next = step;
  } else if (isBefore(rival.act.place, act.place)) {
    // The author had seen that this state was left.
    return noted('not-in-this-state');
  } else if (precedence(act) > precedence(rival.act)) {
    for (let fallen: Step | undefined = rival; fallen !== undefined; fallen = fallen.next)
      fallen.overtakenBy = act.act.id;
    left.next = step;
  } else {
    step.overtakenBy = rival.act.act.id;
  }
  steps.set(act.act.id, step);
  return undefined;
}

function outcomeOf({ overtakenBy, state }: Step): Outcome {
  return overtakenBy === undefined ? { kind: 'leads', state } : { kind: 'noted', reason: 'overtaken', by: overtakenBy };
}

function outcomeOfOther(act: TypedAct, line: readonly Step[]): Outcome {
  const { type, place, fault } = act;
  if (fault !== undefined) return noted(fault);
  if (type === undefined) return { kind: 'stands' };
  const opening = line[0];
  if (opening !== undefined && isOpening(type)) return noted('dossier-exists');
  const seen = lastBefore(line, place);
  if (opening === undefined || seen === undefined) return noted('dossier-unopened');
  const reason =
    faultOfSide(act, opening.act.act.head.from) ?? (maySayIn(type, seen.state) ? undefined : 'not-in-this-state');
  return reason === undefined ? { kind: 'stands' } : noted(reason);
}

function standing(first: Step | undefined): readonly Step[] {
  const line: Step[] = [];
  for (let step = first; step !== undefined; step = step.next) line.push(step);
  return line;
}

/** The last step of a line that is before an entry. Each step is before the next: found by halving. */
function lastBefore(line: readonly Step[], place: TypedAct['place']): Step | undefined {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const step = line[middle];
    if (step !== undefined && isBefore(step.act.place, place)) low = middle + 1;
    else high = middle;
  }
  return line[low - 1];
}

function newStep(act: TypedAct, before: string): Step {
  return { act, state: act.type?.to ?? before, next: undefined, overtakenBy: undefined };
}

function isOpening(type: ActType): boolean {
  return type.from !== 'any' && type.from.length === 0;
}

function maySayIn(type: ActType, state: string): boolean {
  return type.from === 'any' || type.from.includes(state);
}

function precedence({ type }: TypedAct): number {
  return type?.precedence ?? 0;
}

function noted(reason: NotedReason): Outcome {
  return { kind: 'noted', reason };
}
