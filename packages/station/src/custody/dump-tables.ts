import type { Queryable } from '../store/database.ts';

/** A table of the station's database as it is dumped and restored. */
export interface DumpedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The column that a sequence numbers, if any. */
  readonly numbered: string | undefined;
}

/** Every logged table of ours, each after those it refers to; a dump in this order goes in without a foreign key being broken. */
export async function dumpedTables(queryable: Queryable): Promise<readonly DumpedTable[]> {
  const { rows } = await queryable.query<DumpedTable & { needs: readonly string[] }>(
    `select c.relname as name,
            (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
            (select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attidentity <> '' limit 1) as numbered,
            array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
                  where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as needs
     from pg_class c
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migration' and c.relpersistence = 'p'
     order by c.relname`,
  );
  const ordered: DumpedTable[] = [];
  const left = new Set(rows);
  while (left.size > 0) {
    const ready = [...left].filter(({ needs }) => needs.every((name) => ordered.some((table) => table.name === name)));
    if (ready.length === 0) throw new Error('tables refer to each other in a ring');
    for (const row of ready) {
      left.delete(row);
      ordered.push({ name: row.name, columns: row.columns, numbered: row.numbered ?? undefined });
    }
  }
  return ordered;
}

/** `"entry" ("relation", "channel", …)` */
export function tableAndColumns({ name, columns }: Pick<DumpedTable, 'name' | 'columns'>): string {
  return `${quoted(name)} (${columns.map(quoted).join(', ')})`;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
