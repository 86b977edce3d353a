import type { Instant } from '@entente/protocol';
import type { BlindSet } from './blind.ts';
import type { Queryable } from './database.ts';

/** A set whose table is to go. */
export type OldSet = Pick<BlindSet, 'act' | 'purpose' | 'epoch' | 'sealedSha256'>;

/** For what and by whom sets were published. */
export async function purposesOfSets(
  queryable: Queryable,
  relation: number,
): Promise<readonly { readonly own: boolean; readonly purpose: string }[]> {
  const { rows } = await queryable.query<{ own: boolean; purpose: string }>(
    'select distinct own, purpose from blind_set where relation = $1 order by own, purpose',
    [relation],
  );
  return rows;
}

/** Sets made before an instant whose table is still kept and that no check of ours awaits an answer for. */
export async function oldBlindSets(
  queryable: Queryable,
  relation: number,
  own: boolean,
  purpose: string,
  before: Instant,
): Promise<readonly OldSet[]> {
  const { rows } = await queryable.query<OldSet>(
    `select encode(s.act, 'hex') as act, s.purpose, s.epoch, encode(s.sealed_sha256, 'hex') as "sealedSha256" from blind_set s join attachment a using (relation, own, sealed_sha256)
     where s.relation = $1 and s.own = $2 and s.purpose = $3 and s.made < $4 and a.state in ('awaited', 'present')
       and not exists (select from blind_check c where c.relation = s.relation and c.set_act = s.act and c.state = 'asked')
     order by s.made`,
    [relation, own, purpose, before],
  );
  return rows;
}

/** The epochs under which a table of ours is still kept. */
export async function keptEpochs(queryable: Queryable, relation: number, purpose: string): Promise<readonly number[]> {
  const { rows } = await queryable.query<{ epoch: number }>(
    `select distinct epoch from blind_set s join attachment a using (relation, own, sealed_sha256)
     where s.relation = $1 and s.own and s.purpose = $2 and a.state in ('awaited', 'present')`,
    [relation, purpose],
  );
  return rows.map(({ epoch }) => epoch);
}
