import type { Identity } from '@entente/matching';
import type { Instant } from '@entente/protocol';
import type { Relation } from '../custody/relation.ts';
import { listIdentities } from '../screening/list-identities.ts';
import { listBlindSets } from '../store/blind.ts';
import { forgetUnsigned } from '../store/blind-checks.ts';
import type { Queryable } from '../store/database.ts';
import { refreshRegisters } from './agreed-terms.ts';
import type { BlindStation } from './blind-station.ts';
import { publishSet } from './publish-set.ts';

const day = 86_400_000;

/**
 * Forgets what was drawn up and never signed, and publishes anew, from our watch lists, each set that has reached half the
 * age the accord allows: a set is never too old for a counterpart that was cut off meanwhile. The first one is published by an administrator, who looks at what it holds.
 */
export async function refreshSets(station: BlindStation, relation: Relation): Promise<void> {
  const { parts } = station;
  await forgetUnsigned(parts.database, relation.number, (parts.clock.now() - day) as Instant);
  await refreshRegisters(parts, relation);
  const { blind = [] } = relation.authority.accord(relation.own).accord;
  for (const { purpose, setDays } of blind) {
    const [newest] = await listBlindSets(parts.database, relation.number, true, purpose);
    if (newest === undefined || parts.clock.now() - newest.made < (setDays * day) / 2) continue;
    await publishSet(station, relation, purpose, watchedFor(parts.database, purpose));
  }
}

/** The persons on our watch lists that may be compared for a purpose. */
export async function* watchedFor(queryable: Queryable, purpose: string): AsyncGenerator<Identity, void, undefined> {
  for await (const { kind, identity } of listIdentities(queryable, purpose)) {
    if (kind === 'person') yield identity;
  }
}
