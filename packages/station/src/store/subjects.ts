import type { Identity } from '@entente/matching';
import type { JsonObject, Sha256Hex } from '@entente/protocol';
import type { Queryable, Transaction } from './database.ts';

/** What a subject is compared by. */
export interface ComparableSubject {
  readonly kind: string;
  readonly label: string;
  readonly identity: Identity | undefined;
  readonly keys: readonly string[];
  /** SHA-256 of kind, identity and keys. */
  readonly hash: Sha256Hex;
  /** What else a watch list says of it. */
  readonly details: JsonObject | undefined;
}

/** A subject of an act, as it is written; hexadecimal ids. */
export interface ActSubject extends Omit<ComparableSubject, 'details'> {
  readonly act: string;
  readonly dossier: string;
  readonly place: number;
  readonly track: string;
  /** As the act's own head says it, `track/purpose`. */
  readonly purpose: string | undefined;
}

/** A subject of a draft, as it is written. */
export interface DraftSubject extends Omit<ActSubject, 'act' | 'dossier'> {
  readonly dossier: string | undefined;
}

/** Writes subjects of acts and has them compared; those of an act that is known already are left as they are. */
export async function insertActSubjects(
  transaction: Transaction,
  relation: number,
  subjects: readonly ActSubject[],
): Promise<void> {
  await transaction.query({
    name: 'insert-act-subjects',
    text: `with fresh as (
             insert into subject (relation, act, dossier, place, track, purpose, kind, label, identity, keys, hash)
             select $1, decode(act, 'hex'), decode(dossier, 'hex'), place, track, purpose, kind, label, identity, keys,
                    decode(hash, 'hex')
             from jsonb_to_recordset($2::jsonb) as said (act text, dossier text, place smallint, track text, purpose text,
                                                         kind text, label text, identity jsonb, keys text[], hash text)
             on conflict do nothing returning subject)
           insert into screening_due select subject from fresh`,
    values: [relation, JSON.stringify(subjects)],
  });
}

/** The subjects' hashes of each draft of a relation, in the order of their places. */
export async function readDraftHashes(
  transaction: Transaction,
  relation: number,
): Promise<readonly { readonly draft: string; readonly hashes: readonly string[] }[]> {
  const { rows } = await transaction.query<{ draft: string; hashes: readonly string[] }>({
    name: 'read-draft-hashes',
    text: `select draft, array_agg(encode(hash, 'hex') order by place) as hashes from subject
           where relation = $1 and draft is not null group by draft`,
    values: [relation],
  });
  return rows;
}

/** Makes the subjects of a draft those of the act it has become: what was decided about them stays decided. */
export async function moveToAct(
  transaction: Transaction,
  draft: string,
  { act, dossier, purpose }: Pick<ActSubject, 'act' | 'dossier' | 'purpose'>,
): Promise<void> {
  await transaction.query(
    `update subject set draft = null, act = decode($2, 'hex'), dossier = decode($3, 'hex'), purpose = $4
     where draft = $1 and not exists (select from subject known where known.relation = subject.relation
                                     and known.act = decode($2, 'hex'))`,
    [draft, act, dossier, purpose ?? null],
  );
}

/** Writes the subjects of a draft as they are now; those that changed are compared anew. */
export async function writeDraftSubjects(
  transaction: Transaction,
  relation: number,
  draft: string,
  subjects: readonly DraftSubject[],
): Promise<void> {
  await transaction.query('delete from subject where draft = $1 and not place = any($2::smallint[])', [
    draft,
    subjects.map(({ place }) => place),
  ]);
  if (subjects.length === 0) return;
  await transaction.query(
    `with fresh as (
       insert into subject (relation, draft, dossier, place, track, purpose, kind, label, identity, keys, hash)
       select $1, $2, decode(dossier, 'hex'), place, track, purpose, kind, label, identity, keys, decode(hash, 'hex')
       from jsonb_to_recordset($3::jsonb) as said (dossier text, place smallint, track text, purpose text,
                                                   kind text, label text, identity jsonb, keys text[], hash text)
       on conflict (draft, place) where draft is not null do update
         set dossier = excluded.dossier, track = excluded.track, purpose = excluded.purpose, kind = excluded.kind,
             label = excluded.label, identity = excluded.identity, keys = excluded.keys, hash = excluded.hash
         where (subject.hash, subject.purpose, subject.dossier)
               is distinct from (excluded.hash, excluded.purpose, excluded.dossier)
       returning subject)
     insert into screening_due select subject from fresh on conflict do nothing`,
    [relation, draft, JSON.stringify(subjects)],
  );
}

/** Takes away the subjects of erased acts, and with them every match they were part of. */
export async function eraseSubjects(
  transaction: Transaction,
  relation: number,
  acts: readonly string[],
): Promise<void> {
  await transaction.query(`delete from subject where relation = $1 and act = any($2::bytea[])`, [
    relation,
    acts.map((act) => Buffer.from(act, 'hex')),
  ]);
}

/** Identities of the watch lists that may be searched for a purpose, after a subject, by subject. */
export async function readListed(
  queryable: Queryable,
  purpose: string,
  after: number,
  limit: number,
): Promise<readonly { readonly subject: number; readonly kind: string; readonly identity: Identity }[]> {
  const { rows } = await queryable.query<{ subject: number; kind: string; identity: Identity }>({
    name: 'read-listed',
    text: `select subject, kind, identity from subject join watch_list using (list)
           where $1 = any (purposes) and subject > $2 and identity is not null order by subject limit $3`,
    values: [purpose, after, limit],
  });
  return rows;
}
