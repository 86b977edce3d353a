import {
  type Accord,
  actTypeOf,
  type Head,
  type PartyId,
  readAccord,
  readFields,
  Refusal,
  type Sha256Hex,
  type SignerFact,
} from '@entente/protocol';
import { readApproval } from './approval.ts';
import type { Crypto } from './crypto.ts';
import { rootFingerprint } from './double-key.ts';
import { type KeysetsOf, openAct, type Place, rootSigners, type StandingAct } from './root-act.ts';
import { verifyApproval } from './verify-approval.ts';

/** An act of a root as it stands in its party's channel. */
export interface RootAct extends Place {
  readonly envelope: Uint8Array;
  /** The approval that its envelope names first. */
  readonly approval: Uint8Array;
}

/** An accord that came after the first: one root proposed its very bytes, the other accepted them. */
export interface AccordChange {
  readonly accord: Uint8Array;
  readonly proposal: RootAct;
  readonly acceptance: RootAct;
}

/** A compromise notice, a confirmation or a keyset of a root. Without a place it is a notice that came by another road. */
export interface ShownNotice {
  readonly envelope: Uint8Array;
  /** Those that its envelope names. */
  readonly approvals: readonly Uint8Array[];
  readonly place: Place | undefined;
}

/** What both roots said of accords and of whom to trust, as an export shows it. */
export interface RootsSaid {
  /** In causal order. */
  readonly changes: readonly AccordChange[];
  readonly notices: readonly ShownNotice[];
}

/** The acts besides those on accords that a chain takes in. */
export const noticeTypes: readonly string[] = [
  'relation/compromise-notice',
  'relation/confirmation',
  'relation/keyset',
];

/** One of the two acts that agreed on an accord, its root's signature verified. */
export interface ChangeStep extends Place {
  readonly kind: 'proposal' | 'acceptance';
  readonly from: PartyId;
  readonly act: StandingAct;
  readonly change: {
    readonly where: string;
    readonly id: Sha256Hex;
    readonly accord: Accord;
    readonly proposal: StandingAct;
  };
}

/** An act of a root about whom to trust, where it stands; whether it counts there is to be judged. */
export interface NoticeStep extends Place {
  readonly kind: 'notice';
  readonly from: PartyId;
  readonly act: StandingAct;
  readonly signers: readonly SignerFact[];
}

/** @throws Refusal `wrong-relation`, `approval-missing`, `key-unknown`, `signature-invalid`, `accord-malformed` */
export function openChange(
  crypto: Crypto,
  change: AccordChange,
  at: number,
  first: Accord,
  keysets: KeysetsOf,
): readonly ChangeStep[] {
  const where = `accords/${at + 2}`;
  const accord = readAccord(change.accord);
  if (
    accord.relation !== first.relation ||
    accord.parties.some((party, side) => party.id !== first.parties[side === 0 ? 0 : 1].id)
  )
    throw new Refusal('wrong-relation', { where });
  const proposal = verifyRootAct(crypto, change.proposal, first, keysets, `${where}/proposal`);
  const acceptance = verifyRootAct(crypto, change.acceptance, first, keysets, `${where}/acceptance`);
  const opened = { where, id: crypto.sha256Hex(change.accord), accord, proposal };
  return (['proposal', 'acceptance'] as const).map((kind) => {
    const act = kind === 'proposal' ? proposal : acceptance;
    return { kind, from: act.head.from, index: act.index, seen: act.seen, act, change: opened };
  });
}

/** Empty for one that stands in no channel. @throws Refusal `wrong-relation`, `envelope-malformed` */
export function openNotice(
  crypto: Crypto,
  { envelope, approvals, place }: ShownNotice,
  accord: Accord,
  keysets: KeysetsOf,
): readonly NoticeStep[] {
  if (place === undefined) return [];
  const opened = openAct(crypto, envelope, approvals);
  const { id, head } = opened;
  checkNoticeOf(accord, head);
  const signers = rootSigners(crypto, opened, keysets.get(head.from) ?? []);
  return [{ kind: 'notice', from: head.from, ...place, act: Object.freeze({ id, head, ...place }), signers }];
}

/**
 * Empty for one that stands in a channel. Stations take a notice by another road under the present root alone: one of a root
 * replaced since says nothing any more.
 * @throws Refusal `wrong-relation`, `note-malformed`, `key-unknown`, `signature-invalid`
 */
export function openByRoad(
  crypto: Crypto,
  { envelope, approvals, place }: ShownNotice,
  accord: Accord,
  keysets: KeysetsOf,
): readonly Pick<StandingAct, 'id' | 'head'>[] {
  if (place !== undefined) return [];
  const opened = openAct(crypto, envelope, approvals);
  const { id, head } = opened;
  checkNoticeOf(accord, head);
  const where = `notice ${id}`;
  const type = actTypeOf([], head.type, head.trackVersion)?.type;
  if (
    head.type !== 'relation/compromise-notice' ||
    type === undefined ||
    readFields(type.inputs, head.inputs, '$.inputs').length > 0
  )
    throw new Refusal('note-malformed', { where });
  const [signer] = rootSigners(crypto, opened, (keysets.get(head.from) ?? []).slice(-1));
  if (signer === undefined) throw new Refusal('key-unknown', { where });
  if (!signer.valid) throw new Refusal('signature-invalid', { where });
  return [Object.freeze({ id, head })];
}

function checkNoticeOf({ relation, parties }: Accord, { type, from, to, relation: named }: Head): void {
  const [one, other] = parties.map(({ id }) => id);
  const isOurs = named === relation && ((from === one && to === other) || (from === other && to === one));
  if (!isOurs || !noticeTypes.includes(type)) throw new Refusal('wrong-relation', { where: 'notices', what: type });
}

function verifyRootAct(
  crypto: Crypto,
  { envelope, approval: bytes, index, seen }: RootAct,
  { relation, parties }: Accord,
  keysets: KeysetsOf,
  where: string,
): StandingAct {
  const { id, head, signatures } = openAct(crypto, envelope, [bytes]);
  const approval = readApproval(bytes);
  const [named] = signatures;
  const isNamed = named?.approval === crypto.sha256Hex(bytes) && named.key === approval.by.key;
  if (!isNamed || !approval.acts.includes(id)) throw new Refusal('approval-missing', { where });
  const terms = parties.find((party) => party.id === head.from);
  const roots = keysets.get(head.from)?.map(({ keyset }) => keyset.root);
  const root = roots?.find((one) => rootFingerprint(crypto, one) === approval.by.key);
  if (terms === undefined || head.relation !== relation) throw new Refusal('wrong-relation', { where });
  if (root === undefined) throw new Refusal('key-unknown', { where });
  verifyApproval(crypto, approval, { kind: 'root', root }, terms.signing);
  return Object.freeze({ id, head, index, seen });
}
