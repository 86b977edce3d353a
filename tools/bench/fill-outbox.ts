import {
  type ActId,
  type Attachment,
  type DossierId,
  type Head,
  relationDossier,
  writeBody,
  writeHead,
} from '@entente/protocol';
import { tracks } from '@entente/tracks';
import { approveByKey, approveByKeyFile, type KeyFile, publicKeyOfFile, writeApproval } from '@entente/wire';
import type { Parts, Relation } from '../../packages/station/src/custody/relation.ts';
import { authoriseActs, type SignedAct } from '../../packages/station/src/release/authorise-acts.ts';
import type { ActPrepared } from '../../packages/station/src/release/prepare-acts.ts';
import { writeStationActs } from '../../packages/station/src/release/station-acts.ts';
import { lockChannel } from '../../packages/station/src/store/channels.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { putIntoOutbox } from '../../packages/station/src/store/outbox.ts';
import { tellRelease } from '../../packages/station/src/exchange/wake.ts';

/** Whose word acts are: the station's own, or an officer's, who approves so many at once. */
export type Authors = { readonly kind: 'station' } | { readonly kind: 'officer'; readonly actsPerApproval: number };

/** An officer whose key stands in the channel. */
export interface Officer {
  readonly key: KeyFile;
  readonly pseudonym: string;
}

const piece = 1000;

/**
 * Authorises `count` acts of about 1.5 KB while nothing can be released.
 * @returns lets the release begin, and says when it could, by `performance.now()`
 */
export async function fillOutbox(
  parts: Parts,
  relation: Relation,
  officer: Officer,
  authors: Authors,
  count: number,
): Promise<() => Promise<number>> {
  const filled = Promise.withResolvers<void>();
  const going = Promise.withResolvers<void>();
  const held = transact(parts.database, async (transaction) => {
    // Whoever would give positions waits for this row.
    await lockChannel(transaction, relation.number, relation.own);
    for (let done = 0; done < count; done += piece) {
      const acts = Math.min(piece, count - done);
      if (authors.kind === 'station') await sayExercises(parts, relation, acts);
      else await sayLeads(parts, relation, officer, acts, authors.actsPerApproval);
    }
    filled.resolve();
    await going.promise;
  });
  await Promise.race([filled.promise, held]);
  return async () => {
    going.resolve();
    await held;
    const begun = performance.now();
    await tellRelease(parts.database, relation.number);
    return begun;
  };
}

/** One lead of its own dossier, marked urgent, authorised and ready to leave. */
export async function sayUrgent(parts: Parts, relation: Relation, officer: Officer): Promise<void> {
  const act = leadOf(parts, relation, officer, { type: 'leads/request', urgency: 'urgent' });
  const approval = approve(parts, relation, officer, [idOf(parts, act)]);
  await authoriseActs(parts, relation, [act], [approval]);
}

/** Signs an act that a verb drew up, and sends it. */
export async function sendPrepared(
  parts: Parts,
  relation: Relation,
  officer: Officer,
  prepared: ActPrepared,
): Promise<void> {
  await authoriseActs(parts, relation, [prepared], [approve(parts, relation, officer, [prepared.act])]);
}

/** A lead that names files. */
export async function sayWithFiles(
  parts: Parts,
  relation: Relation,
  officer: Officer,
  attachments: readonly Attachment[],
): Promise<void> {
  const act = leadOf(parts, relation, officer, { type: 'leads/spontaneous', attachments });
  await authoriseActs(parts, relation, [act], [approve(parts, relation, officer, [idOf(parts, act)])]);
}

/** Binds an officer's key in the channel, by the administration's word. */
export async function bindOfficer(parts: Parts, relation: Relation): Promise<Officer> {
  const { crypto } = parts;
  const key: KeyFile = { algorithm: 'ed25519', secretSeed: crypto.randomBytes(32) };
  const publicKey = publicKeyOfFile(crypto, key);
  const officer: Officer = { key, pseudonym: 'o-bench' };
  const head = writeHead({
    ...headOf(relation, 'relation/officer-key', relationDossier),
    inputs: {
      key: crypto.sha256Hex(publicKey),
      algorithm: 'ed25519',
      publicKey: publicKey.toBase64(),
      kind: 'key-file',
      pseudonym: officer.pseudonym,
      function: 'duty-officer',
    },
    author: { function: 'administration', pseudonym: 'administration' },
  });
  const act = crypto.sha256Hex(head) as ActId;
  const seed = relation.keys.administration.secretSeed;
  const approval = writeApproval(approveByKey(crypto, 'administration', [act], seed));
  await authoriseActs(parts, relation, [{ head, body: undefined }], [approval]);
  return officer;
}

async function sayExercises(parts: Parts, relation: Relation, count: number): Promise<void> {
  const statements = Array.from({ length: count }, () => ({
    type: 'relation/exercise',
    inputs: {},
    dossier: parts.crypto.randomBytes(16).toHex() as DossierId,
    fields: { filler: parts.crypto.randomBytes(270).toHex() },
  }));
  await transact(parts.database, async (transaction) =>
    putIntoOutbox(transaction, relation.number, await writeStationActs(parts, relation, transaction, statements)),
  );
}

async function sayLeads(
  parts: Parts,
  relation: Relation,
  officer: Officer,
  count: number,
  actsPerApproval: number,
): Promise<void> {
  // At once as an officer's desk would send them: by the approval, or a hundred approvals of one act.
  for (let done = 0; done < count; done += 100) {
    const acts = Array.from({ length: Math.min(100, count - done) }, () =>
      leadOf(parts, relation, officer, { type: 'leads/spontaneous' }),
    );
    const ids = acts.map((act) => idOf(parts, act));
    const approvals: Uint8Array[] = [];
    for (let at = 0; at < ids.length; at += actsPerApproval) {
      approvals.push(approve(parts, relation, officer, ids.slice(at, at + actsPerApproval)));
    }
    await authoriseActs(parts, relation, acts, approvals);
  }
}

interface LeadWanted {
  readonly type: string;
  readonly urgency?: string;
  readonly attachments?: readonly Attachment[];
}

function leadOf(
  { crypto }: Parts,
  relation: Relation,
  officer: Officer,
  { type, urgency, attachments = [] }: LeadWanted,
): SignedAct {
  const lead = tracks[0]?.acts.find(({ name }) => `leads/${name}` === type);
  const text = crypto.randomBytes(20).toHex();
  const fields = urgency === undefined ? { facts: text } : { question: text, facts: text, link: text, presence: text };
  const body = writeBody({ nonce: crypto.randomBytes(32).toBase64(), fields, attachments });
  const head: Head = {
    ...headOf(relation, type, crypto.randomBytes(16).toHex() as DossierId),
    legalBasis: 'SAFE-37b',
    handling: { codes: ['H0'] },
    inputs: { crimeArea: 'drugs', purpose: 'prevention', ...(urgency === undefined ? {} : { urgency }) },
    gates: (lead?.gates ?? []).map((gate) => ({
      gate,
      result: 'passed',
      reasoning: crypto.sha256Hex(crypto.randomBytes(32)),
    })),
    author: { function: 'duty-officer', pseudonym: officer.pseudonym },
    body: crypto.sha256Hex(body),
  };
  return { head: writeHead(head), body };
}

function headOf(relation: Relation, type: string, dossier: DossierId): Head {
  return {
    v: 1,
    type,
    trackVersion: 1,
    from: relation.own,
    to: relation.counterpart,
    relation: relation.name,
    accord: relation.authority.accord(relation.own).hash,
    dossier,
    basis: [],
    handling: { codes: [] },
    inputs: {},
    gates: [],
    author: { function: '', pseudonym: '' },
  };
}

function approve({ crypto }: Parts, relation: Relation, { key }: Officer, acts: readonly ActId[]): Uint8Array {
  const context = { rpId: `${relation.own}.example`, origin: `https://${relation.own}.example`, counter: 0 };
  return writeApproval(approveByKeyFile(crypto, key, context, acts));
}

function idOf({ crypto }: Parts, { head }: SignedAct): ActId {
  return crypto.sha256Hex(head) as ActId;
}
