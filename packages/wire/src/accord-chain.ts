import {
  type Accord,
  judge,
  type Known,
  type LogSize,
  type NotedReason,
  otherKeysIn,
  type Parties,
  type PartyId,
  Refusal,
  Registers,
  type Sha256Hex,
  type Verdict,
} from '@entente/protocol';
import type { AccordFile } from './accord-file.ts';
import { inCausalOrder } from './causal-order.ts';
import type { Crypto } from './crypto.ts';
import { keysetFacts, type KeysetsOf, type StandingAct } from './root-act.ts';
import { type ChangeStep, type NoticeStep, openByRoad, openChange, openNotice, type RootsSaid } from './roots-said.ts';
import { markVerified, type Verified } from './verified.ts';

/** All accords of a relation and what its roots said of them and of trust, in causal order: plain data, that threads can hand on. */
export interface AccordChain {
  readonly parties: Parties;
  readonly first: Sha256Hex;
  readonly accords: ReadonlyMap<Sha256Hex, Accord>;
  readonly acts: readonly StandingAct[];
  /** Compromise notices that stand in no channel yet. */
  readonly byRoad: readonly Pick<StandingAct, 'id' | 'head'>[];
  /** Of the notices, confirmations and keysets shown, those without effect where they stand. */
  readonly noted: readonly (StandingAct & { readonly reason: NotedReason })[];
}

export interface AgreedAccord {
  readonly id: Sha256Hex;
  readonly accord: Accord;
}

/** The accord in force for a party's entry at an index that has seen so much of the other's channel (PROTOCOL §3.10). */
export type AccordAt = (party: PartyId, index: number, seen: number) => AgreedAccord;

/**
 * Follows the accords from the first one on: each later one proposed by one root, accepted by the other, in place of the one
 * then in force for the acceptor, who had seen the proposal. What a compromise notice makes suspect counts for nothing from
 * the notice on, until it is confirmed.
 * @throws Refusal `accord-not-signed` naming the change, `wrong-relation`, `key-unknown`, `signature-invalid`,
 * `accord-malformed`; `note-malformed`, `signature-…` for a notice by another road that does not hold
 */
export function verifyAccordChain(
  crypto: Crypto,
  { id: first, accord }: Verified<AccordFile>,
  said: RootsSaid,
  keysets: KeysetsOf,
): Verified<AccordChain> {
  const parties = [accord.parties[0].id, accord.parties[1].id] as const;
  const registers = new Registers(parties, first);
  const accords = new Map([[first, accord]]);
  const facts = new Map(
    [...keysets.values()].flat().map(({ id, keyset }) => [id, keysetFacts(crypto, keyset)] as const),
  );
  const known: Known = { accord: (id) => accords.get(id), keyset: (id) => facts.get(id), tracks: [] };
  const acts: StandingAct[] = [];
  const noted: AccordChain['noted'][number][] = [];
  const steps = [
    ...said.changes.flatMap((change, at) => openChange(crypto, change, at, accord, keysets)),
    ...said.notices.flatMap((notice) => openNotice(crypto, notice, accord, keysets)),
  ];
  for (const step of inCausalOrder(parties, steps)) {
    if (step.kind === 'acceptance') accords.set(...accept(registers, accords, acts, step));
    const verdict = step.kind === 'notice' ? judgeNotice(registers, known, acts, step) : effective;
    if (verdict.kind === 'noted') {
      noted.push({ ...step.act, reason: verdict.reason });
      continue;
    }
    apply(registers, step.act);
    acts.push(step.act);
  }
  const byRoad = said.notices.flatMap((notice) => openByRoad(crypto, notice, accord, keysets));
  return markVerified(Object.freeze({ parties, first, accords, acts: Object.freeze(acts), byRoad, noted }));
}

/** @throws Error for a chain that lacks an accord it agreed on: no `verifyAccordChain` makes one */
export function accordAt({ parties, first, accords, acts }: AccordChain): AccordAt {
  const registers = new Registers(parties, first);
  for (const act of acts) apply(registers, act);
  return (party, index, seen) => {
    const { accord: id } = registers.view(party, index, seen);
    const accord = accords.get(id);
    if (accord === undefined) throw new Error(`the chain has no accord ${id}`);
    return { id, accord };
  };
}

/**
 * The spare keysets that accords name for a party. Those of accords that nobody has verified yet do no harm: a chain of
 * keysets is signed by the root all the same, and each of these accords must hold in the end.
 */
export function sparesOf(accords: readonly Accord[], party: PartyId): readonly Sha256Hex[] {
  return accords.flatMap(({ parties }) => parties.filter(({ id }) => id === party).map((one) => one.spareKeyset));
}

const effective: Verdict = { kind: 'effective' };

/** As stations judge it where it stands. */
function judgeNotice(
  registers: Registers,
  known: Known,
  before: readonly StandingAct[],
  { act: { id, head, index, seen }, signers }: NoticeStep,
): Verdict {
  const position = { party: head.from, epoch: 1, index: index as LogSize };
  const repeated = before.some((one) => one.id === id);
  return judge({ head, position, seen, repeated, signers }, registers.view(head.from, index, seen), known);
}

/** @throws Refusal `accord-not-signed` where the roots did not agree on it at this place */
function accept(
  registers: Registers,
  accords: ReadonlyMap<Sha256Hex, Accord>,
  acts: readonly StandingAct[],
  { act: acceptance, change: { where, id, accord, proposal } }: ChangeStep,
): readonly [Sha256Hex, Accord] {
  const isAgreed =
    proposal.head.from !== acceptance.head.from &&
    isAcceptedThere(registers, proposal, acceptance, { id, previous: accord.previous }) &&
    acts.every((one) => !isSameWriter(one, acceptance) || one.index < acceptance.index);
  const replaced = accord.previous && accords.get(accord.previous);
  if (!isAgreed || replaced === undefined) throw new Refusal('accord-not-signed', { where });
  const what = otherKeysIn(accord, replaced);
  if (what !== undefined) throw new Refusal('accord-malformed', { where, what });
  return [id, accord];
}

/** Whether an acceptance takes up a proposal it has seen, in place of the accord in force where it stands. */
function isAcceptedThere(
  registers: Registers,
  proposal: StandingAct,
  { head, index, seen }: StandingAct,
  { id, previous }: { readonly id: Sha256Hex; readonly previous: Sha256Hex | undefined },
): boolean {
  const view = registers.view(head.from, index, seen);
  const proposed = view.proposal(proposal.id);
  return (
    head.type === 'relation/accord-acceptance' &&
    head.inputs['proposal'] === proposal.id &&
    head.inputs['accord'] === id &&
    head.inputs['previous'] === previous &&
    proposed?.accord === id &&
    proposed.previous === previous &&
    head.accord === previous &&
    view.accord === previous
  );
}

function isSameWriter(one: StandingAct, other: StandingAct): boolean {
  return one.head.from === other.head.from && one.head.type === other.head.type;
}

function apply(registers: Registers, { id, head, index, seen }: StandingAct): void {
  const position = { party: head.from, epoch: 1, index: index as LogSize };
  registers.apply({ id, head, position, seen: seen as LogSize, verdict: effective });
}
