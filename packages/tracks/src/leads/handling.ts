import { strictestHandling } from '@entente/protocol';
import type { DossierState, FoldedAct, Handling, Head, JsonObject, SpokenOf } from '@entente/protocol';
import { listOf, textOf, textsOf } from './registers.ts';

export const forbiddenReasons = [
  'item-unknown',
  'item-recalled',
  'item-erased',
  'retention-over',
  'purpose-missing',
  'restriction-unread',
  'judicial-use-not-permitted',
  'passing-on-not-permitted',
  'handling-looser',
] as const;
export type ForbiddenReason = (typeof forbiddenReasons)[number];

export const remedies = [
  'name-an-item-of-the-dossier',
  'purge-and-say-so',
  'ask-the-owner-anew',
  'state-the-purpose',
  'acknowledge-the-restriction',
  'ask-permission-H1',
  'ask-permission-H2',
  'take-over-the-codes',
] as const;
export type Remedy = (typeof remedies)[number];

/** A decision, and for a refusal why and what the officer can do; both have words in the track. */
export type HandlingDecision =
  | { readonly kind: 'may' }
  | { readonly kind: 'must-not'; readonly why: ForbiddenReason; readonly whatToDo: Remedy };

/**
 * An act as an item of its dossier: what its head says of owner and handling, whether it had effect or was noted. Where no
 * dossier has folded it (`state` undefined), it is judged by its head alone: nothing can have loosened it.
 */
export interface Item {
  readonly id: string;
  readonly head: Pick<Head, 'from' | 'handling'>;
}

/** Who wants to use an item, what for, and what of H3 was acknowledged. */
export interface Use {
  readonly party: string;
  /** The purpose stated for this use; H0 makes it mandatory. */
  readonly purpose: string;
  /** Acts whose H3 text this officer has acknowledged. */
  readonly acknowledged: readonly string[];
  /** The day of the use in the user's calendar, `2026-11-23`. */
  readonly day: string;
}

const may: HandlingDecision = { kind: 'may' };

/** Whether an item may be opened. What one's own party said is governed by its own law, not by the codes it set. */
export function mayRead(state: DossierState | undefined, item: Item, use: Use): HandlingDecision {
  const folded = foldedOf(state, item);
  if (state !== undefined && folded === undefined) return mustNot('item-unknown', 'name-an-item-of-the-dossier');
  if (isErased(state, folded, use)) return mustNot('item-erased', 'ask-the-owner-anew');
  if (isOwn(item, use)) return may;
  if (isStanding(folded?.recalled)) return mustNot('item-recalled', 'purge-and-say-so');
  const { codes, until } = handlingOf(state, item);
  if (isPast(until, use.day)) return mustNot('retention-over', 'purge-and-say-so');
  if (use.purpose.trim() === '') return mustNot('purpose-missing', 'state-the-purpose');
  if (codes.includes('H3') && !use.acknowledged.includes(item.id)) {
    return mustNot('restriction-unread', 'acknowledge-the-restriction');
  }
  return may;
}

/** Whether an item may leave the store in an export; H1 keeps it out of a judicial file until its owner grants that. */
export function mayExport(
  state: DossierState | undefined,
  item: Item,
  use: Use,
  destination: 'judicial-file' | 'operational-file',
): HandlingDecision {
  const read = mayRead(state, item, use);
  if (read.kind === 'must-not' || destination !== 'judicial-file') return read;
  return isFree(state, item, 'H1', use) ? may : mustNot('judicial-use-not-permitted', 'ask-permission-H1');
}

/** Whether an item may be passed on to anybody outside the receiving party; H2 forbids it until its owner grants that. */
export function mayForward(state: DossierState | undefined, item: Item, use: Use): HandlingDecision {
  const read = mayRead(state, item, use);
  if (read.kind === 'must-not') return read;
  return isFree(state, item, 'H2', use) ? may : mustNot('passing-on-not-permitted', 'ask-permission-H2');
}

/** Whether an item may be taken up in a new act: passed on, unless back to its owner, and under no looser handling. */
export function mayReuse(state: DossierState | undefined, item: Item, use: Use, newAct: NewAct): HandlingDecision {
  const send = maySend(state, item, use, newAct.to);
  return send.kind === 'must-not' ? send : mayTakeUp(state, item, use, newAct.handling);
}

/** Whether an item may be sent to a party: to its owner always, to anybody else as `mayForward` says. */
export function maySend(state: DossierState | undefined, item: Item, use: Use, to: string): HandlingDecision {
  return item.head.from === to ? mayRead(state, item, use) : mayForward(state, item, use);
}

/** Whether a new handling keeps all codes and the retention of an item; what one owns one may code anew. */
export function mayTakeUp(state: DossierState | undefined, item: Item, use: Use, handling: Handling): HandlingDecision {
  if (isOwn(item, use) || isAsStrict(handling, handlingOf(state, item))) return may;
  return mustNot('handling-looser', 'take-over-the-codes');
}

/** What the act that takes an item up says of itself. */
export interface NewAct {
  readonly to: string;
  readonly handling: Handling;
}

/** The handling as it now stands: what the head said, made stricter by every later narrowing. */
export function handlingOf(state: DossierState | undefined, item: Item): Handling {
  const narrowed = foldedOf(state, item)?.handling;
  return narrowed === undefined ? item.head.handling : strictestHandling(item.head.handling, narrowed);
}

function foldedOf(state: DossierState | undefined, item: Item): FoldedAct | undefined {
  return state?.acts.find(({ id }) => id === item.id);
}

function isOwn(item: Item, use: Use): boolean {
  return item.head.from === use.party;
}

/** What the counterpart asks to erase of one's own stays open until one has answered that it is erased. */
function isErased(state: DossierState | undefined, folded: FoldedAct | undefined, { party }: Use): boolean {
  const erased = folded?.erased;
  const asker = state?.acts.find(({ id }) => id === erased?.by)?.from;
  const isTheirWish = folded?.from === party && asker !== party;
  return isTheirWish ? erased?.answers.at(-1)?.answer === 'erased' : isStanding(erased);
}

/** A recall or an erasure that was asked and not refused with a ground. */
function isStanding(asked: SpokenOf | undefined): boolean {
  return asked !== undefined && asked.answers.at(-1)?.answer !== 'refused';
}

/** Whether a code does not stand, or its owner's last word on this use is a permission that has not run out. */
function isFree(state: DossierState | undefined, item: Item, code: 'H1' | 'H2', use: Use): boolean {
  if (isOwn(item, use) || !handlingOf(state, item).codes.includes(code)) return true;
  const last = listOf(state?.data ?? {}, 'permissions').findLast((said) => isAnswerOn(said, item.id, code));
  return last !== undefined && textOf(last, 'answer') === 'granted' && !isPast(textOf(last, 'permittedUntil'), use.day);
}

function isAnswerOn(said: JsonObject, act: string, code: string): boolean {
  return textOf(said, 'of') === act && textOf(said, 'answer') !== 'asked' && textsOf(said, 'lifted').includes(code);
}

function isAsStrict(one: Handling, other: Handling): boolean {
  const isNoLonger = other.until === undefined || (one.until !== undefined && one.until <= other.until);
  return isNoLonger && other.codes.every((code) => one.codes.includes(code));
}

function isPast(until: string | undefined, day: string): boolean {
  return until !== undefined && day > until;
}

function mustNot(why: ForbiddenReason, whatToDo: Remedy): HandlingDecision {
  return { kind: 'must-not', why, whatToDo };
}
