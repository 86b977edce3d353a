import { readInstant } from '@entente/protocol';
import type { Json, JsonObject, LinedAct, Track } from '@entente/protocol';
import { pick, textOf, withEntry, withMember } from './registers.ts';
import { openingActs } from './acts-opening.ts';

/** Registers that acts write and desks read; every one a list or a record of plain JSON. */
export const leadsInitialData: JsonObject = {
  acknowledged: [],
  inCharge: [],
  answers: [],
  refusals: [],
  clarifications: [],
  authorisations: [],
  permissions: [],
  outcomes: [],
  corrections: {},
};

/** The leads' own part of the fold: heads only, total; an act it has no register for leaves the data as it was. */
export const foldLead: Track['fold'] = (data, act, _state) => {
  const type = act.head.type.slice('leads/'.length);
  return registers[type]?.(data, act) ?? data;
};

const registers: Readonly<Record<string, (data: JsonObject, act: LinedAct) => JsonObject>> = {
  ...Object.fromEntries(openingActs.map((type) => [type.name, opened])),
  acknowledge: (data, act) => withEntry(data, 'acknowledged', said(act, [])),
  'taken-in-charge': (data, act) => {
    const taken = withEntry(data, 'inCharge', said(act, ['at', 'access'], { function: act.head.author.function }));
    return { ...taken, ...pick(act.head.inputs, ['access']) };
  },
  'partial-answer': (data, act) => withEntry(data, 'answers', said(act, [], { completeness: 'partial' })),
  answer: (data, act) => withEntry(data, 'answers', said(act, [], { completeness: 'final' })),
  refusal: (data, act) => withEntry(data, 'refusals', said(act, ['ground'])),
  'clarification-asked': (data, act) => withEntry(data, 'clarifications', said(act, [], { what: 'asked' })),
  'clarification-given': (data, act) => withEntry(data, 'clarifications', said(act, [], { what: 'given' })),
  'authorisation-needed': (data, act) =>
    withEntry(data, 'authorisations', said(act, ['authority', 'expectedDays'], { what: 'needed' })),
  'authorisation-obtained': (data, act) => withEntry(data, 'authorisations', said(act, [], { what: 'obtained' })),
  'permission-asked': permission('asked'),
  'permission-granted': permission('granted'),
  'permission-denied': permission('denied'),
  outcome: (data, act) =>
    withEntry(data, 'outcomes', {
      ...said(act, ['of', 'outcome', 'confirmation', 'persons', 'seizures']),
      delayMinutes: delayMinutes(act.head.inputs),
    }),
  correction: (data, act) => withNamed(data, act, (of) => withMember(data, 'corrections', of, act.id)),
};

function opened(data: JsonObject, act: LinedAct): JsonObject {
  const opening = act.head.type.slice('leads/'.length);
  return { ...data, opening, ...pick(act.head.inputs, ['crimeArea', 'purpose', 'urgency', 'followsHit']) };
}

function permission(answer: 'asked' | 'granted' | 'denied'): (data: JsonObject, act: LinedAct) => JsonObject {
  return (data, act) => withEntry(data, 'permissions', said(act, ['of', 'lifted', 'permittedUntil'], { answer }));
}

function said(act: LinedAct, inputs: readonly string[], more: JsonObject = {}): JsonObject {
  return { act: act.id, from: act.head.from, ...pick(act.head.inputs, inputs), ...more };
}

function withNamed(data: JsonObject, act: LinedAct, write: (of: string) => JsonObject): JsonObject {
  const of = textOf(act.head.inputs, 'of');
  return of === undefined ? data : write(of);
}

/** Whole minutes from the receipt of the named act to what it led to; null where an instant is missing. */
function delayMinutes(inputs: JsonObject): Json {
  const received = readInstant(inputs['receivedAt']);
  const at = readInstant(inputs['at']);
  return received === undefined || at === undefined ? null : Math.floor((at - received) / 60_000);
}
