import { type Head, type JsonObject, readBody, readHead, orUnreadable } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import { type Crypto, readEnvelope } from '@entente/wire';
import type { Transaction } from '../store/database.ts';
import type { KeptDraft } from '../store/drafts.ts';
import type { NewEntry } from '../store/entries.ts';
import {
  type ActSubject,
  insertActSubjects,
  moveToAct,
  readDraftHashes,
  writeDraftSubjects,
} from '../store/subjects.ts';
import { comparableSubject } from './comparable-subject.ts';

type ActTaken = Pick<NewEntry, 'act' | 'envelope' | 'body' | 'verdict'>;

/** A body is written in one form, and a track that names subjects names them so: without these bytes it has none. */
const marker: Buffer = Buffer.from('"subjects":[{');

/**
 * Keeps whom and what acts are about, in the transaction that accepts them; what comes from outside is read as far as it
 * can be, and nothing in it stops an act. The last statement of its transaction: it holds the room's row until the commit.
 */
export async function takeTheirSubjects(
  transaction: Transaction,
  crypto: Crypto,
  relation: number,
  acts: readonly ActTaken[],
): Promise<void> {
  const subjects = acts.filter(mayHaveSubjects).flatMap((act) => subjectsOfAct(crypto, act));
  if (subjects.length > 0) await insertActSubjects(transaction, relation, subjects);
}

/** The same of our own acts as they are released: a draft that has become the act hands its subjects over. */
export async function takeOwnSubjects(
  transaction: Transaction,
  crypto: Crypto,
  relation: number,
  acts: readonly ActTaken[],
): Promise<void> {
  const read = acts
    .filter(mayHaveSubjects)
    .map((act) => subjectsOfAct(crypto, act))
    .filter((subjects) => subjects.length > 0);
  if (read.length === 0) return;
  const drafts = new Map(
    (await readDraftHashes(transaction, relation)).map(({ draft, hashes }) => [hashes.join(), draft]),
  );
  const fresh: ActSubject[] = [];
  for (const subjects of read) {
    const hashes = subjects.map(({ hash }) => hash).join();
    const draft = drafts.get(hashes);
    const [first] = subjects;
    if (draft === undefined || first === undefined) fresh.push(...subjects);
    else await moveToAct(transaction, draft, first);
    drafts.delete(hashes);
  }
  if (fresh.length > 0) await insertActSubjects(transaction, relation, fresh);
}

/** Keeps whom and what a draft is about, as it now stands. */
export async function takeDraftSubjects(
  transaction: Transaction,
  crypto: Crypto,
  relation: number,
  { draft, dossier, content }: Pick<KeptDraft, 'draft' | 'dossier' | 'content'>,
): Promise<void> {
  const subjects = subjectsIn(crypto, content.track, content.fields).map((subject) => ({
    ...subject,
    dossier: dossier ?? undefined,
    track: content.track,
    purpose: purposeOf(content.track, content.inputs),
  }));
  await writeDraftSubjects(transaction, relation, draft, subjects);
}

function mayHaveSubjects({ body, verdict }: ActTaken): boolean {
  return (
    verdict === undefined &&
    body !== undefined &&
    Buffer.from(body.buffer, body.byteOffset, body.length).includes(marker)
  );
}

function subjectsOfAct(crypto: Crypto, { act, envelope, body }: ActTaken): readonly ActSubject[] {
  const read = orUnreadable(() => ({
    head: readHead(readEnvelope(envelope).headBytes),
    fields: body === undefined ? {} : readBody(body).fields,
  }));
  if (read === undefined) return [];
  const { head, fields } = read;
  const track = trackOf(head);
  return subjectsIn(crypto, track, fields).map((subject) => ({
    ...subject,
    act: act.toHex(),
    dossier: head.dossier,
    track,
    purpose: purposeOf(track, head.inputs),
  }));
}

function subjectsIn(
  crypto: Crypto,
  track: string,
  fields: JsonObject,
): readonly Omit<ActSubject, 'act' | 'dossier' | 'track' | 'purpose'>[] {
  const declared = tracks.find(({ name }) => name === track);
  return (declared?.subjectsOf(fields) ?? []).flatMap((said) => {
    const subject = comparableSubject(crypto, said);
    return subject === undefined ? [] : [{ ...subject, place: said.place }];
  });
}

function trackOf({ type }: Head): string {
  return type.slice(0, type.indexOf('/'));
}

function purposeOf(track: string, inputs: JsonObject): string | undefined {
  const purpose = inputs['purpose'];
  return typeof purpose === 'string' && /^[a-z0-9-]{1,62}$/.test(purpose) ? `${track}/${purpose}` : undefined;
}
