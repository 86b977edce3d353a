import type { Instant } from '@entente/protocol';
import type { Queryable } from './database.ts';

/** What is alarmed: fraud or accident, each with its proof where there is one. */
export type AlarmKind =
  | 'history-conflict'
  | 'back-dated'
  | 'wrong-recipient'
  | 'refused-parcel'
  | 'digest-differs'
  | 'not-caught-up'
  | 'compromise'
  | 'orphaned'
  | 'clock-off'
  | 'attachment-corrupt'
  | 'body-withheld'
  | 'nobody-in-charge'
  | 'review-late'
  | 'house-cut-back'
  | 'blind-answer-invalid'
  | 'blind-set-differs';

export interface Alarm {
  readonly number: number;
  readonly relation: number;
  readonly time: Instant;
  readonly kind: AlarmKind;
  /** What to show; no personal data. */
  readonly what: string;
  readonly proof: Uint8Array | undefined;
  readonly settled: Instant | undefined;
}

// Whoever is hostile can give cause for as many as it likes: these tell, and prove, what the next would.
const mostUnsettled = 100;

/**
 * Raises an alarm. The same one, unsettled, is not raised twice; of one kind that a counterpart gives cause for, a hundred
 * stand at most until they are settled.
 */
export async function raiseAlarm(
  queryable: Queryable,
  alarm: Pick<Alarm, 'relation' | 'time' | 'kind' | 'what' | 'proof'>,
): Promise<void> {
  await queryable.query(
    `insert into alarm (relation, time, kind, what, proof) select $1, $2, $3, $4, $5
     where not exists (select from alarm where relation = $1 and kind = $3 and what = $4 and settled is null)
       and ($3 in ('nobody-in-charge', 'review-late')
            or (select count(*) from alarm where relation = $1 and kind = $3 and settled is null) < $6)`,
    [alarm.relation, alarm.time, alarm.kind, alarm.what, alarm.proof ?? null, mostUnsettled],
  );
}

/** The alarms of a relation, newest first. */
export async function listAlarms(queryable: Queryable, relation: number, limit: number): Promise<readonly Alarm[]> {
  const { rows } = await queryable.query<
    Omit<Alarm, 'proof' | 'settled'> & { proof: Uint8Array | null; settled: Instant | null }
  >('select * from alarm where relation = $1 order by number desc limit $2', [relation, limit]);
  return rows.map((row) => ({ ...row, proof: row.proof ?? undefined, settled: row.settled ?? undefined }));
}
