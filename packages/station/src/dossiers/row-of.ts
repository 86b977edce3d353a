import { dossierDigest, type DossierId, type Head, type Instant } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import type { DossierRow } from '../store/dossiers.ts';
import { urgencies } from '../store/outbox.ts';
import type { PartyTimes } from './act-times.ts';
import type { FoldedDossier, PlacedAct } from './fold-at.ts';
import { isOpen } from './read-run.ts';
import { type ReadTerms, timesOfRuns } from './times-of-runs.ts';

export function rowOf(
  crypto: Crypto,
  relation: Relation,
  dossier: DossierId,
  { track, state, bytes, acts }: FoldedDossier,
  terms: ReadTerms,
  late: Uint8Array | undefined,
): DossierRow {
  const { times, at } = terms;
  const heads = new Map(acts.map((act) => [act.id, act.head]));
  const opening = acts.find(({ head, verdict }) => verdict.kind === 'effective' && head.from === state.opener);
  return {
    dossier,
    track: state.track,
    state: state.state,
    opener: state.opener,
    opened: timeOf(opening, times) ?? at,
    changed: acts.reduce((last, act) => Math.max(last, timeOf(act, times) ?? 0), 0) as Instant,
    urgency: urgencyOf(acts.map(({ head }) => head)),
    running: state.clocks.some(isOpen),
    ...timesOfRuns(relation, track, state.clocks, (run) => heads.get(run.trigger), terms),
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
