import { actTypeOf, Refusal } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import type { Parts, Relation } from '../custody/relation.ts';
import type { Transaction } from '../store/database.ts';
import type { ReadAct } from './weigh-entry.ts';

const day = 86_400_000;

/**
 * Counts what the counterpart uses of the accord's quotas today, in the transaction that takes it in: what is refused is
 * not counted (PROTOCOL §5).
 * @throws Refusal `quota-exceeded` with the seconds until midnight, UTC
 */
export async function checkQuota(
  { clock }: Parts,
  relation: Relation,
  transaction: Transaction,
  acts: readonly ReadAct[],
): Promise<void> {
  const { quotas } = relation.authority.accord(relation.own).accord;
  const now = clock.now();
  const bytes = acts.reduce((sum, { envelope, body }) => sum + envelope.length + (body?.length ?? 0), 0);
  const { rows } = await transaction.query<{ acts: number; bytes: number; opened: number }>({
    name: 'use-quota',
    text: `insert into quota_use values ($1, $2, $3, $4, $5) on conflict (relation, day) do update
           set acts = quota_use.acts + $3, bytes = quota_use.bytes + $4, opened = quota_use.opened + $5
           returning acts, bytes, opened`,
    values: [relation.number, Math.floor(now / day), acts.length, bytes, acts.filter(opens).length],
  });
  const used = rows[0] ?? { acts: 0, bytes: 0, opened: 0 };
  const beyond =
    used.acts > quotas.actsPerDay
      ? 'acts'
      : used.bytes > quotas.bytesPerDay
        ? 'bytes'
        : used.opened > quotas.openDossiersPerDay
          ? 'dossiers opened'
          : undefined;
  if (beyond === undefined) return;
  throw new Refusal('quota-exceeded', {
    what: `${beyond} of a day`,
    retryAfter: Math.ceil((day - (now % day)) / 1000),
  });
}

function opens({ head }: ReadAct): boolean {
  const type = head === undefined ? undefined : actTypeOf(tracks, head.type, head.trackVersion)?.type;
  return type !== undefined && type.from.length === 0;
}
