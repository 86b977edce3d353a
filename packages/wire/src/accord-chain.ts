import {
  type Accord,
  type ActId,
  type Head,
  type LogSize,
  type Parties,
  type PartyId,
  readAccord,
  readHead,
  Refusal,
  Registers,
  type Sha256Hex,
} from '@entente/protocol';
import type { AccordFile } from './accord-file.ts';
import { readApproval } from './approval.ts';
import type { Crypto } from './crypto.ts';
import { type DoubleKey, rootFingerprint } from './double-key.ts';
import { readEnvelope } from './envelope.ts';
import { markVerified, type Verified } from './verified.ts';
import { verifyApproval } from './verify-approval.ts';

/** An act of a root as it stands in its party's channel: at which index, having seen how much of the other's. */
export interface RootAct {
  readonly envelope: Uint8Array;
  /** The approval that its envelope names first. */
  readonly approval: Uint8Array;
  readonly index: number;
  readonly seen: number;
}

/** An accord that came after the first: one root proposed its very bytes, the other accepted them. */
export interface AccordChange {
  readonly accord: Uint8Array;
  readonly proposal: RootAct;
  readonly acceptance: RootAct;
}

/** Where an act of the chain stands. */
export interface StandingAct {
  readonly id: ActId;
  readonly head: Head;
  readonly index: number;
  readonly seen: number;
}

/** All accords of a relation and the acts that agreed on them, in causal order: plain data, that threads can hand on. */
export interface AccordChain {
  readonly parties: Parties;
  readonly first: Sha256Hex;
  readonly accords: ReadonlyMap<Sha256Hex, Accord>;
  readonly acts: readonly StandingAct[];
}

export interface AgreedAccord {
  readonly id: Sha256Hex;
  readonly accord: Accord;
}

/** The accord in force for a party's entry at an index that has seen so much of the other's channel (PROTOCOL §3.10). */
export type AccordAt = (party: PartyId, index: number, seen: number) => AgreedAccord;

/**
 * Follows the accords from the first one on: each later one proposed by one root, accepted by the other, in place of the one
 * then in force for the acceptor, who had seen the proposal.
 * @param changes in causal order @param roots each party's root keys, from its keysets
 * @throws Refusal `accord-not-signed` naming the change, `wrong-relation`, `key-unknown`, `signature-invalid`, `accord-malformed`
 */
export function verifyAccordChain(
  crypto: Crypto,
  { id: first, accord }: Verified<AccordFile>,
  changes: readonly AccordChange[],
  roots: ReadonlyMap<PartyId, readonly DoubleKey[]>,
): Verified<AccordChain> {
  const parties = [accord.parties[0].id, accord.parties[1].id] as const;
  const registers = new Registers(parties, first);
  const accords = new Map([[first, accord]]);
  const acts: StandingAct[] = [];
  for (const [at, change] of changes.entries()) {
    const where = `accords/${at + 2}`;
    const next = readAccord(change.accord);
    const id = crypto.sha256Hex(change.accord);
    if (next.relation !== accord.relation || next.parties.some((party, side) => party.id !== parties[side]))
      throw new Refusal('wrong-relation', { where });
    const proposal = verifyRootAct(crypto, change.proposal, accord, roots, `${where}/proposal`);
    const acceptance = verifyRootAct(crypto, change.acceptance, accord, roots, `${where}/acceptance`);
    apply(registers, proposal);
    const isAgreed =
      proposal.head.from !== acceptance.head.from &&
      isAcceptedThere(registers, proposal, acceptance, { id, previous: next.previous }) &&
      acts.every((one) => !isSameWriter(one, acceptance) || one.index < acceptance.index);
    if (!isAgreed || accords.has(id)) throw new Refusal('accord-not-signed', { where });
    apply(registers, acceptance);
    acts.push(proposal, acceptance);
    accords.set(id, next);
  }
  return markVerified(Object.freeze({ parties, first, accords, acts: Object.freeze(acts) }));
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

function verifyRootAct(
  crypto: Crypto,
  { envelope, approval: bytes, index, seen }: RootAct,
  { relation, parties }: Accord,
  roots: ReadonlyMap<PartyId, readonly DoubleKey[]>,
  where: string,
): StandingAct {
  const { headBytes, signatures } = readEnvelope(envelope);
  const id = crypto.sha256Hex(headBytes) as ActId;
  const head = readHead(headBytes);
  const approval = readApproval(bytes);
  const [named] = signatures;
  const isNamed = named?.approval === crypto.sha256Hex(bytes) && named.key === approval.by.key;
  if (!isNamed || !approval.acts.includes(id)) throw new Refusal('approval-missing', { where });
  const terms = parties.find((party) => party.id === head.from);
  const root = roots.get(head.from)?.find((one) => rootFingerprint(crypto, one) === approval.by.key);
  if (terms === undefined || head.relation !== relation) throw new Refusal('wrong-relation', { where });
  if (root === undefined) throw new Refusal('key-unknown', { where });
  verifyApproval(crypto, approval, { kind: 'root', root }, terms.signing);
  return Object.freeze({ id, head, index, seen });
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
  registers.apply({ id, head, position, seen: seen as LogSize, verdict: { kind: 'effective' } });
}
