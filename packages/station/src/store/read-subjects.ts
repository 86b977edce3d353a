import type { EvidenceTerm, Identity } from '@entente/matching';
import { type ActId, type DossierId, type JsonObject, Refusal } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import { type Database, type Transaction, transact } from './database.ts';
import { findMatch, type MatchSummary } from './matches.ts';
import { checkReadable, type Reader, writeRead } from './read-content.ts';
import { wholeRelation } from './whole-relation.ts';
import { listRelations, type RelationRecord } from './relations.ts';

/** What a subject says of whom or what. */
export interface SubjectContent {
  readonly subject: number;
  readonly kind: string;
  readonly label: string;
  readonly identity: Identity | null;
  readonly keys: readonly string[];
  /** What else a watch list says. */
  readonly details: JsonObject | null;
}

/** A match with what both sides say and why they may be one. */
export interface MatchContent extends MatchSummary {
  readonly terms: readonly EvidenceTerm[];
  readonly leftContent: SubjectContent;
  readonly rightContent: SubjectContent;
}

/** Where subjects stand: what decides whether they may be read. */
export interface SubjectPlace {
  readonly subject: number;
  readonly relation: number | null;
  readonly act: string | null;
  readonly dossier: string | null;
}

/**
 * The one way by which a match shows whom it is about: each act is held against its handling for this reader, and the read
 * is written in the same transaction.
 * @throws Refusal `match-unknown`, and as `readContent`
 */
export async function readMatch(
  database: Database,
  crypto: Crypto,
  relation: RelationRecord,
  match: number,
  reader: Reader,
): Promise<MatchContent> {
  return transact(database, async (transaction) => {
    const all = reader.caller?.relation === undefined;
    const found = await findMatch(transaction, { relation: relation.relation, all }, match);
    const places = await readPlaces(transaction, match);
    for (const place of places) {
      const of = await relationOf(transaction, place);
      if (of !== undefined && place.act !== null) await checkReadable(transaction, of, place.act as ActId, reader);
    }
    const [leftContent, rightContent] = await readSubjects(transaction, places);
    if (leftContent === undefined || rightContent === undefined)
      throw new Refusal('match-unknown', { where: String(match) });
    await writeSubjectsRead(transaction, crypto, relation, places, reader, { content: 'match', match });
    return { ...found, terms: await readTerms(transaction, match), leftContent, rightContent };
  });
}

/** What was found by a search; withheld where its handling asks for more than was said. */
export type FoundContent =
  | { readonly kind: 'shown'; readonly content: SubjectContent }
  | { readonly kind: 'withheld'; readonly why: string; readonly whatToDo: string };

/** The one way by which a search shows whom it found; what was asked and what was shown is written in one transaction. */
export async function readFound(
  database: Database,
  crypto: Crypto,
  relation: RelationRecord,
  places: readonly SubjectPlace[],
  reader: Reader,
  query: JsonObject,
): Promise<ReadonlyMap<number, FoundContent>> {
  if (reader.purpose.trim() === '') throw new Refusal('purpose-missing', { where: 'purpose' });
  return transact(database, async (transaction) => {
    const found = new Map<number, FoundContent>();
    const open: SubjectPlace[] = [];
    for (const place of places) {
      const shut = await whyShut(transaction, place, reader);
      if (shut === undefined) open.push(place);
      else found.set(place.subject, shut);
    }
    for (const content of await readSubjects(transaction, open)) {
      if (content !== undefined) found.set(content.subject, { kind: 'shown', content });
    }
    await writeSubjectsRead(transaction, crypto, relation, open, reader, { content: 'search', query });
    return found;
  });
}

async function whyShut(
  transaction: Transaction,
  place: SubjectPlace,
  reader: Reader,
): Promise<FoundContent | undefined> {
  const relation = await relationOf(transaction, place);
  if (relation === undefined || place.act === null) return undefined;
  try {
    await checkReadable(transaction, relation, place.act as ActId, reader);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'withheld', why: error.detail.where ?? error.code, whatToDo: error.detail.what ?? '' };
  }
}

async function readPlaces(transaction: Transaction, match: number): Promise<readonly SubjectPlace[]> {
  const { rows } = await transaction.query<SubjectPlace>(
    `select subject, subject.relation, encode(act, 'hex') as act, encode(dossier, 'hex') as dossier
     from match join subject on subject in ("left", "right") where match = $1 order by subject = "right"`,
    [match],
  );
  return rows;
}

/** What subjects say, each in its place; undefined for one that has gone. */
async function readSubjects(
  transaction: Transaction,
  places: readonly SubjectPlace[],
): Promise<readonly (SubjectContent | undefined)[]> {
  const { rows } = await transaction.query<SubjectContent>(
    'select subject, kind, label, identity, keys, details from subject where subject = any($1::bigint[])',
    [places.map(({ subject }) => subject)],
  );
  return places.map((place) => rows.find(({ subject }) => subject === place.subject));
}

async function readTerms(transaction: Transaction, match: number): Promise<readonly EvidenceTerm[]> {
  const { rows } = await transaction.query<{ terms: readonly EvidenceTerm[] }>(
    'select terms from match where match = $1',
    [match],
  );
  return rows[0]?.terms ?? [];
}

async function relationOf(transaction: Transaction, { relation }: SubjectPlace): Promise<RelationRecord | undefined> {
  if (relation === null) return undefined;
  return (await listRelations(transaction)).find((record) => record.relation === relation);
}

/** One record for each dossier of which something was shown, so that its reads can be found; one where there is none. */
async function writeSubjectsRead(
  transaction: Transaction,
  crypto: Crypto,
  relation: RelationRecord,
  places: readonly SubjectPlace[],
  reader: Reader,
  what: JsonObject,
): Promise<void> {
  const shown = places.map(({ subject }) => subject);
  const read = { ...what, subjects: shown, use: 'read' };
  const dossiers = new Map<string, SubjectPlace>();
  for (const place of places) if (place.dossier !== null) dossiers.set(`${place.relation}/${place.dossier}`, place);
  if (dossiers.size === 0) await writeRead(transaction, crypto, relation, wholeRelation, reader, read);
  for (const place of dossiers.values()) {
    const of = (await relationOf(transaction, place)) ?? relation;
    await writeRead(transaction, crypto, of, place.dossier as DossierId, reader, read);
  }
}
