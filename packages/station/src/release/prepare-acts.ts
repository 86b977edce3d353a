import {
  type ActId,
  type ActType,
  actTypeOf,
  type Attachment,
  canonicalJson,
  type DossierId,
  type DossierState,
  type FieldFault,
  type GatePassed,
  type Head,
  isSha256Hex,
  Refusal,
  writeBody,
  writeHead,
} from '@entente/protocol';
import { checkDraft, type Draft, maySay, tracks } from '@entente/tracks';
import type { Parts, Relation } from '../custody/relation.ts';
import { type Transaction, transact } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { checkComputedGates, computedGatesPassed } from './computed-gates.ts';

/** A draft with what only the officer who is about to sign can add. */
export interface ActWanted {
  readonly content: Draft;
  /** Absent: the act opens a dossier. */
  readonly dossier?: DossierId;
  readonly basis: readonly ActId[];
  readonly leaves?: ActId;
  readonly notAfter?: string;
  readonly floor?: true;
  readonly gates: readonly { readonly gate: string; readonly reasoning: string }[];
}

/** The exact bytes of an act, and by how many officers it must be approved. */
export interface ActPrepared {
  readonly act: ActId;
  readonly dossier: DossierId;
  readonly type: string;
  readonly head: Uint8Array;
  readonly body: Uint8Array | undefined;
  readonly approvals: 1 | 2;
}

/** Who draws up the act: the officer's function and the pseudonym that the channel knows. */
export interface Author {
  readonly officer: number;
  readonly function: string;
  readonly pseudonym: string;
}

/**
 * Draws up acts for an officer to sign: the very bytes that will be signed and logged. Gate reasoning stays in the house
 * log, its salted hash in the head (PROTOCOL §1.1). Nothing is released.
 * @throws Refusal with every fault of the first bad act; `not-allowed-in-state`, `act-type-unknown`, `dossier-unknown`
 */
export async function prepareActs(
  parts: Parts,
  relation: Relation,
  author: Author,
  wanted: readonly ActWanted[],
): Promise<readonly ActPrepared[]> {
  return transact(parts.database, async (transaction) => {
    const prepared: ActPrepared[] = [];
    for (const [at, one] of wanted.entries()) {
      prepared.push(await prepareAct(parts, relation, transaction, author, one, `$.acts[${at}]`));
    }
    return prepared;
  });
}

async function prepareAct(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  author: Author,
  wanted: ActWanted,
  where: string,
): Promise<ActPrepared> {
  const { crypto } = parts;
  const { content } = wanted;
  const { type, version } = typeOf(content, where);
  refuseFaults(content, where);
  const state = wanted.dossier === undefined ? undefined : await stateOf(transaction, relation, wanted.dossier);
  checkState(type, state, relation.own, where);
  const [shut] = await checkComputedGates(transaction, relation, type.gates, content, parts.clock.now());
  if (shut !== undefined)
    throw new Refusal('gate-open', { where, what: `${shut.gate}: ${shut.why} (act ${shut.item})` });
  const body = await bodyOf(parts, relation, transaction, content, where);
  const dossier = wanted.dossier ?? (crypto.randomBytes(16).toHex() as DossierId);
  const leaves = wanted.leaves ?? (type.to === undefined ? undefined : state?.since);
  const head: Head = {
    v: 1,
    type: `${content.track}/${content.type}`,
    trackVersion: version,
    from: relation.own,
    to: relation.counterpart,
    relation: relation.name,
    accord: relation.authority.accord(relation.own).hash,
    dossier,
    basis: wanted.basis,
    ...(leaves === undefined ? {} : { leaves }),
    ...(wanted.notAfter === undefined ? {} : { notAfter: wanted.notAfter }),
    ...(content.legalBasis === undefined ? {} : { legalBasis: content.legalBasis }),
    handling: content.handling,
    inputs: content.inputs,
    gates: [
      ...(await passGates(parts, relation, transaction, author, wanted, dossier)),
      ...computedGatesPassed(parts, type.gates, content.inputs['reuses'] ?? []),
    ],
    ...(wanted.floor === undefined ? {} : { floor: wanted.floor }),
    author: { function: author.function, pseudonym: author.pseudonym },
    ...(body === undefined ? {} : { body: crypto.sha256Hex(body) }),
  };
  const headBytes = writeHead(head);
  const act = crypto.sha256Hex(headBytes) as ActId;
  const approvals = officersNeeded(relation, type, content.track, wanted.floor === true);
  return { act, dossier, type: head.type, head: headBytes, body, approvals };
}

function typeOf({ track, type }: Draft, where: string): { readonly type: ActType; readonly version: number } {
  const declared = tracks.find(({ name }) => name === track);
  if (declared === undefined) throw new Refusal('track-unknown', { where: `${where}.track` });
  const found = actTypeOf(tracks, `${track}/${type}`, declared.version);
  if (found === undefined) throw new Refusal('act-type-unknown', { where: `${where}.type` });
  return { type: found.type, version: declared.version };
}

/** @throws Refusal of the first fault's kind, with all faults in its detail */
function refuseFaults(content: Draft, where: string): void {
  const track = tracks.find(({ name }) => name === content.track);
  const faults = track === undefined ? [] : checkDraft(track, content);
  const [first] = faults;
  if (first === undefined) return;
  const code = first.code === 'field-unknown' || first.code === 'field-missing' ? first.code : 'field-malformed';
  const placed: readonly FieldFault[] = faults.map((fault) => ({
    code: fault.code === 'field-unknown' || fault.code === 'field-missing' ? fault.code : 'field-malformed',
    where: where + fault.where.slice(1),
    what: fault.what,
  }));
  throw new Refusal(code, { where: where + first.where.slice(1), what: first.what, faults: placed });
}

/** The dossier as it is folded now; nobody signs on what is not there. */
async function stateOf(transaction: Transaction, relation: Relation, dossier: DossierId): Promise<DossierState> {
  const { rows } = await transaction.query<{ folded: DossierState }>(
    'select folded from dossier where relation = $1 and dossier = $2',
    [relation.number, Buffer.from(dossier, 'hex')],
  );
  const state = rows[0]?.folded;
  if (state === undefined) throw new Refusal('dossier-unknown', { where: dossier });
  return state;
}

function checkState(type: ActType, state: DossierState | undefined, own: string, where: string): void {
  const decision = maySay(type, state, own);
  if (decision.kind === 'may') return;
  throw new Refusal('not-allowed-in-state', {
    where: `${where}.type`,
    what: `${type.name} in ${state?.state ?? 'no dossier'}`,
  });
}

async function bodyOf(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  content: Draft,
  where: string,
): Promise<Uint8Array | undefined> {
  if (Object.keys(content.fields).length === 0 && content.attachments.length === 0) return undefined;
  const attachments: Attachment[] = [];
  for (const [at, { name, mediaType, sha256 }] of content.attachments.entries()) {
    const stored = await storedFile(transaction, relation, sha256);
    if (stored === undefined) throw new Refusal('attachment-unknown', { where: `${where}.attachments[${at}]` });
    attachments.push({ name, mediaType, ...stored });
  }
  return writeBody({ nonce: parts.crypto.randomBytes(32).toBase64(), fields: content.fields, attachments });
}

async function storedFile(
  transaction: Transaction,
  relation: Relation,
  sha256: string,
): Promise<Omit<Attachment, 'name' | 'mediaType'> | undefined> {
  if (!isSha256Hex(sha256)) return undefined;
  const { rows } = await transaction.query<Omit<Attachment, 'name' | 'mediaType'>>(
    `select size, encode(sha256, 'hex') as sha256, sealed_size as "sealedSize", encode(sealed_sha256, 'hex') as "sealedSha256"
     from attachment where relation = $1 and own and sha256 = $2 and state = 'present' order by made desc limit 1`,
    [relation.number, Buffer.from(sha256, 'hex')],
  );
  return rows[0];
}

async function passGates(
  { crypto, clock }: Parts,
  relation: Relation,
  transaction: Transaction,
  author: Author,
  { gates }: ActWanted,
  dossier: DossierId,
): Promise<readonly GatePassed[]> {
  if (gates.length === 0) return [];
  const answered = gates.map(({ gate, reasoning }) => ({ gate, salt: crypto.randomBytes(32).toBase64(), reasoning }));
  await writeHouseLog(transaction, crypto, {
    kind: 'gate',
    time: clock.now(),
    what: { officer: author.officer, gates: answered },
    dossiers: [{ relation: relation.number, dossier }],
  });
  return answered.map(({ gate, salt, reasoning }) => {
    const salted = new TextEncoder().encode(salt + canonicalJson({ gate, reasoning }));
    return { gate, result: 'passed', reasoning: crypto.sha256Hex(salted) };
  });
}

/** Two where the type says so, or where a lane is guarded; one for the floor (PROTOCOL §3.9). */
function officersNeeded(relation: Relation, type: ActType, track: string, floor: boolean): 1 | 2 {
  if (floor) return 1;
  const { out, into } = relation.authority.present(relation.own).lanes(track);
  return type.author === 'two-officers' || out === 'guarded' || into === 'guarded' ? 2 : 1;
}
