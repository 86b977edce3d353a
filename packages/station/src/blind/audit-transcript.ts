import {
  BlindFault,
  type BlindedInput,
  blindInput,
  findTag,
  isPad,
  readElement,
  readScalar,
  tagsOfAnswer,
  verifyEvaluation,
} from '@entente/matching';
import { FormatError } from '@entente/c2sp';
import {
  type ActId,
  blindKeyInForce,
  blindTermsOf,
  type Head,
  isSha256Hex,
  type PartyId,
  readHead,
} from '@entente/protocol';
import { readEnvelope } from '@entente/wire';
import type { Relation } from '../custody/relation.ts';
import { effectiveEntry } from '../store/blind.ts';
import { elementsOf } from './answer-query.ts';
import type { BlindStation } from './blind-station.ts';
import { type ProvenPage, verifyPage } from './table-proof.ts';
import type { Transcript } from './transcript.ts';

/** What an inspector may rely on, or why not. */
export type Finding =
  | {
      readonly kind: 'holds';
      readonly state: 'hit' | 'no-hit';
      readonly purpose: string;
      /** The match keys, of which each stood in the set or did not. */
      readonly keys: readonly { readonly key: string; readonly found: boolean }[];
    }
  | { readonly kind: 'fails'; readonly why: AuditFault };

export const auditFaults = [
  'act-not-in-channel',
  'key-not-agreed',
  'elements-not-those-asked',
  'answer-invalid',
  'page-not-of-set',
  'page-missing',
] as const;
export type AuditFault = (typeof auditFaults)[number];

/**
 * Holds a transcript against the channels of this station, whichever side it is on: the set's key was the agreed one, the
 * inputs blind to the very elements that were logged, the proof holds, and the pages belong to the committed table and
 * show where each tag stands or would have to stand.
 */
export async function auditTranscript(
  { parts, group }: Pick<BlindStation, 'parts' | 'group'>,
  relation: Relation,
  transcript: Transcript,
): Promise<Finding> {
  try {
    const set = await entryOf(transcript.set, 'relation/blind-set');
    const { purpose, blindKey, pages, root } = set.head.inputs;
    if (typeof purpose !== 'string' || typeof blindKey !== 'string' || typeof pages !== 'number' || !isSha256Hex(root))
      throw new Failed('act-not-in-channel');
    checkKey(relation, set, purpose, blindKey);
    const inputs = transcript.inputs.map(({ input, blind }) => blindInput(group, input, readScalar(blind)));
    const answer = await answerOf(inputs);
    const publicKey = readElement(group, Uint8Array.fromBase64(blindKey));
    const blinded = inputs.map(({ element }) => element);
    const evaluated = verifyEvaluation(group, publicKey, blinded, answer);
    const table = { pages, root: Uint8Array.fromHex(root) };
    transcript.pages.forEach((page) => verifyPage(parts.crypto, table, page));
    const keys = tagsOfAnswer(group, inputs, evaluated).map(({ input, tag }) => ({
      key: new TextDecoder().decode(input),
      found: isShown(transcript.pages, pages, tag),
    }));
    return { kind: 'holds', state: keys.some(({ found }) => found) ? 'hit' : 'no-hit', purpose, keys };
  } catch (error) {
    if (error instanceof Failed) return { kind: 'fails', why: error.why };
    if (error instanceof BlindFault) return { kind: 'fails', why: 'answer-invalid' };
    if (error instanceof FormatError) return { kind: 'fails', why: 'page-not-of-set' };
    throw error;
  }

  async function entryOf(act: ActId, type: string): Promise<LoggedAct> {
    const entry = await effectiveEntry(parts.database, relation.number, act);
    const head = entry && readHead(readEnvelope(entry.envelope).headBytes);
    if (entry === undefined || head?.type !== type) throw new Failed('act-not-in-channel');
    return { owner: head.from, index: entry.index, head };
  }

  async function answerOf(
    inputs: readonly BlindedInput[],
  ): Promise<{ readonly evaluated: readonly Uint8Array[]; readonly proof: Uint8Array }> {
    const { shown } = transcript;
    if (shown.kind === 'identity') {
      if (inputs.some(({ input }) => isPad(input))) throw new Failed('elements-not-those-asked');
      return shown;
    }
    const query = await entryOf(shown.query, 'relation/blind-query');
    const answer = await entryOf(shown.answer, 'relation/blind-answer');
    if (query.head.inputs['set'] !== transcript.set || answer.head.inputs['query'] !== shown.query)
      throw new Failed('act-not-in-channel');
    const asked = elementsOf(query.head);
    const same = inputs.length === asked.length && inputs.every(({ element }, at) => isSame(element, asked[at]));
    if (!same) throw new Failed('elements-not-those-asked');
    return { evaluated: elementsOf(answer.head), proof: Uint8Array.fromBase64(String(answer.head.inputs['proof'])) };
  }
}

interface LoggedAct {
  readonly owner: PartyId;
  readonly index: number;
  readonly head: Head;
}

/** The key that accord and root had put in force for the set's owner when it was published. */
function checkKey({ authority }: Relation, { owner, index, head }: LoggedAct, purpose: string, blindKey: string): void {
  const [accord] = authority.accordsFrom(head.accord, owner);
  const terms = accord && blindTermsOf(accord, purpose);
  const key = terms && blindKeyInForce(terms, owner, authority.viewOf(owner, index).blindKey(purpose));
  if (key?.key !== blindKey || key.epoch !== head.inputs['epoch']) throw new Failed('key-not-agreed');
}

/** Whether proven pages hold a tag; they must show the place where it stands, or would. */
function isShown(pages: readonly ProvenPage[], count: number, tag: bigint): boolean {
  const sides = pages.map(({ index, page }) => {
    const found = findTag(page, tag, { first: index === 0, last: index === count - 1 });
    return { index, found };
  });
  if (sides.some(({ found }) => found === 'present')) return true;
  if (sides.some(({ found }) => found === 'absent')) return false;
  const between = sides.some(
    ({ index, found }) =>
      found === 'after' && sides.some((next) => next.found === 'before' && next.index === index + 1),
  );
  if (!between) throw new Failed('page-missing');
  return false;
}

function isSame(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && Buffer.compare(one, other) === 0;
}

class Failed extends Error {
  readonly why: AuditFault;
  constructor(why: AuditFault) {
    super(why);
    this.why = why;
  }
}
