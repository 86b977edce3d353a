import { dossierDigest, type DossierId, type Head, type Instant } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import type { DossierRow } from '../store/dossiers.ts';
import { urgencies } from '../store/outbox.ts';
import type { PartyTimes } from './act-times.ts';
import { deadlineOf, dueSteps, stepKey } from './clock-steps.ts';
import type { FoldedDossier, PlacedAct } from './fold-at.ts';
import { isOpen, readRunOnce, type ReadingsByStart } from './read-run.ts';

/** What a folded dossier is written with besides its state. */
export interface RowTerms {
  readonly times: PartyTimes;
  /** Of this instant and cut; shared by the dossiers of a piece. */
  readonly readings: ReadingsByStart;
  /** Steps that were told already. */
  readonly told: ReadonlySet<string>;
  readonly late: Uint8Array | undefined;
  /** Not before any leaf of the cut: a clock must not miss an act because the counterpart's clock is ahead. */
  readonly at: Instant;
}

export function rowOf(
  crypto: Crypto,
  relation: Relation,
  dossier: DossierId,
  { track, state, bytes, acts }: FoldedDossier,
  { times, readings, told, late, at }: RowTerms,
): DossierRow {
  const heads = new Map(acts.map((act) => [act.id, act.head]));
  const open = state.clocks.filter(isOpen);
  const read = open.flatMap((run) => {
    const trigger = heads.get(run.trigger);
    const reading = trigger && readRunOnce(readings, relation, run, trigger, times, at);
    return reading === undefined ? [] : [{ run, reading }];
  });
  const deadlines = read.flatMap(({ reading }) => deadlineOf(reading) ?? []);
  const steps = read
    .flatMap(({ run, reading }) => dueSteps(track, run, reading))
    .filter((step) => !told.has(stepKey(step.run, step)))
    .map(({ due }) => due);
  const opening = acts.find(({ head, verdict }) => verdict.kind === 'effective' && head.from === state.opener);
  return {
    dossier,
    track: state.track,
    state: state.state,
    opener: state.opener,
    opened: timeOf(opening, times) ?? at,
    changed: acts.reduce((last, act) => Math.max(last, timeOf(act, times) ?? 0), 0) as Instant,
    urgency: urgencyOf(acts.map(({ head }) => head)),
    running: open.length > 0,
    deadline: least(deadlines),
    nextStep: least(steps),
    late,
    folded: bytes,
    digest: dossierDigest(dossier, bytes, (input) => crypto.sha256(input)),
  };
}

/** The effective time of an act's own leaf. */
function timeOf(act: PlacedAct | undefined, times: PartyTimes): Instant | undefined {
  return act && ((act.own ? times.own : times.theirs).get(act.id)?.instant ?? act.time);
}

function urgencyOf(heads: readonly Head[]): number {
  if (heads.some(({ floor }) => floor === true)) return urgencies['threat-to-life'];
  return heads.some(({ inputs }) => inputs['urgency'] === 'urgent') ? urgencies.urgent : urgencies.ordinary;
}

function least(instants: readonly Instant[]): Instant | undefined {
  return instants.length === 0 ? undefined : (Math.min(...instants) as Instant);
}
