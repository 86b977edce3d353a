import type { Accord } from './accord.ts';
import { otherKeysIn } from './accord-keys.ts';
import type { Head, NotedReason, Position, Verdict } from './act.ts';
import { actTypeOf } from './act-table.ts';
import type { TypedAct } from './act-table.ts';
import { faultOfAuthor } from './authority.ts';
import type { SignerFact } from './authority.ts';
import { isActId } from './identifiers.ts';
import type { Known } from './known.ts';
import { isFloorAct, mayPass } from './lanes.ts';
import { readFields } from './read-fields.ts';
import type { View } from './registers.ts';
import { relationDossier, relationTrack } from './relation/track.ts';

/** An entry of a channel as it is judged: its head, or the fact that none could be read, and who was found to have signed. */
export interface JudgedEntry {
  readonly head: Head | 'malformed';
  readonly position: Position;
  readonly seen: number;
  /** Whether its id stands at a lower index of the same channel. */
  readonly repeated: boolean;
  readonly signers: readonly SignerFact[];
}

/**
 * The final word on an entry, at its author's past (PROTOCOL §3.3): both stations come to the same from the same bytes.
 * @param view `registers.view(author, index, seen)` of the entry
 */
export function judge(entry: JudgedEntry, view: View, known: Known): Verdict {
  const reason = faultOf(entry, view, known);
  return reason === undefined ? effective : { kind: 'noted', reason };
}

const effective: Verdict = { kind: 'effective' };

function faultOf(entry: JudgedEntry, view: View, known: Known): NotedReason | undefined {
  const { head } = entry;
  if (head === 'malformed' || head.from !== entry.position.party) return 'malformed';
  if (entry.repeated) return 'repeated';
  const act = actTypeOf(known.tracks, head.type, head.trackVersion);
  if (act === undefined) return 'type-unknown';
  const accord = known.accord(head.accord);
  if (accord === undefined || head.accord !== view.accord) return 'accord-not-in-force';
  return (
    faultOfContent(head, act, accord) ??
    faultOfRelease(entry, head, act, view, accord, known) ??
    (head.type === 'relation/accord-acceptance' ? faultOfAcceptance(head, view, accord, known) : undefined)
  );
}

function faultOfContent(head: Head, { track, type }: TypedAct, accord: Accord): NotedReason | undefined {
  if (
    track !== relationTrack &&
    !accord.tracks.some(({ name, version }) => name === track.name && version === track.version)
  ) {
    return 'version-not-in-accord';
  }
  // The relation's own acts belong to no case, a track's acts to one; an exercise may stand anywhere.
  const ofRelation = head.dossier === relationDossier;
  if (head.type !== 'relation/exercise' && ofRelation !== (track === relationTrack)) return 'malformed';
  if (readFields(type.inputs, head.inputs, '$.inputs').length > 0) return 'inputs-malformed';
  const based = head.legalBasis !== undefined && accord.legalBases.includes(head.legalBasis);
  return type.transfers && !based ? 'legal-basis-missing' : undefined;
}

function faultOfRelease(
  entry: JudgedEntry,
  head: Head,
  { track, type }: TypedAct,
  view: View,
  accord: Accord,
  known: Known,
): NotedReason | undefined {
  const isFloor = isFloorAct(accord, head);
  const { out, into } = view.lanes(track.name);
  const passage = mayPass(type, isFloor, out, into);
  if (passage.kind === 'hold') return 'lane-closed';
  const author = { kind: type.author, isFloor, guarded: passage.officers === 'two' };
  return faultOfAuthor(author, head, entry.signers, view, accord, known) ?? faultOfGates(type.gates, head, isFloor);
}

function faultOfGates(gates: readonly string[], head: Head, isFloor: boolean): NotedReason | undefined {
  const passed = (name: string): boolean => head.gates.some(({ gate, result }) => gate === name && result === 'passed');
  // A floor act waives what is left of its gates: they become a review due in 24 hours (PROTOCOL §3.9).
  return isFloor || gates.every(passed) ? undefined : 'gate-missing';
}

function faultOfAcceptance(
  { inputs, accord: named }: Head,
  view: View,
  accord: Accord,
  known: Known,
): NotedReason | undefined {
  const proposal = isActId(inputs['proposal']) ? view.proposal(inputs['proposal']) : undefined;
  if (proposal === undefined || proposal.accord !== inputs['accord']) return 'names-unknown-act';
  // Only what is in force can be replaced: an old proposal cannot undo a later accord.
  if (proposal.previous !== inputs['previous'] || proposal.previous !== named) return 'accord-not-in-force';
  // Whoever judges for good has it: an acceptance of an accord that is not here is awaited with it.
  const next = known.accord(proposal.accord);
  return next !== undefined && otherKeysIn(next, accord) !== undefined ? 'accord-changes-keys' : undefined;
}
