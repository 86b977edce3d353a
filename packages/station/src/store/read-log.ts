import type { DossierId, Instant, Json } from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import { type Database, transact } from './database.ts';
import { writeHouseLog } from './house-log.ts';
import { pageOf, type Page } from './page.ts';
import type { Reader } from './read-content.ts';
import type { RelationRecord } from './relations.ts';
import { whoOf } from './tokens.ts';
import { wholeRelation } from './whole-relation.ts';

/** One read or disclosure as the house log states it. */
export interface LoggedRead {
  readonly number: number;
  readonly time: Instant;
  readonly kind: string;
  readonly what: Json;
}

/** Who read what of a relation or of one dossier, the newest first. That somebody asked is itself a read, and logged. */
export async function inspectReads(
  database: Database,
  crypto: Crypto,
  { relation, name }: RelationRecord,
  inspector: Pick<Reader, 'caller' | 'time' | 'purpose'>,
  wanted: { readonly dossier: DossierId | undefined; readonly before: number | undefined; readonly limit: number },
): Promise<Page<LoggedRead>> {
  return transact(database, async (transaction) => {
    const { rows } = await transaction.query<{ index: number; time: Instant; kind: string; bytes: Uint8Array | null }>(
      `select index, time, kind, bytes from house_entry
       where kind in ('read', 'export') and ($3::bigint is null or index < $3)
         and exists (select from house_subject s where s.index = house_entry.index and s.relation = $1
                     and ($2::bytea is null or s.dossier = $2
                          -- A disclosed channel holds the dossier as well.
                          or (kind = 'export' and s.dossier = $5)))
       order by index desc limit $4`,
      [
        relation,
        wanted.dossier === undefined ? null : Buffer.from(wanted.dossier, 'hex'),
        wanted.before ?? null,
        wanted.limit + 1,
        Buffer.from(wholeRelation, 'hex'),
      ],
    );
    const dossier = wanted.dossier ?? wholeRelation;
    const { caller, time, purpose } = inspector;
    await writeHouseLog(transaction, crypto, {
      kind: 'read',
      time,
      what: { relation: name, dossier, purpose, by: whoOf(caller), content: 'reads', use: 'read' },
      dossiers: [{ relation, dossier }],
    });
    const { items, next } = pageOf(rows, wanted.limit, ({ index }) => [index]);
    return { items: items.map(({ index, bytes, ...read }) => ({ number: index, ...read, what: whatOf(bytes) })), next };
  });
}

function whatOf(bytes: Uint8Array | null): Json {
  if (bytes === null) return { erased: true };
  return (JSON.parse(new TextDecoder().decode(bytes)) as { readonly what: Json }).what;
}
