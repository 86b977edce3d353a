import { Refusal } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { readStandings } from '../store/channels.ts';
import { takeExpress } from './accept-express.ts';
import { type Accepted, acceptParcel, acceptRun } from './accept-parcel.ts';
import { keepingRefused } from './keep-refused.ts';
import { openCounterpartParcel } from './open-counterpart-parcel.ts';

/** What came of a sealed parcel that was fetched: nobody knows its kind before it is open. */
export type Taken =
  | ({ readonly kind: 'run' } & Accepted)
  /** With the sealed answer; empty where what came was itself one. */
  | { readonly kind: 'express'; readonly answer: Uint8Array };

/** Takes a parcel of either kind from a road. What is refused is kept as proof. @throws Refusal */
export function acceptSealed(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Taken> {
  return keepingRefused(parts, relation, sealed, async () => {
    const parcel = await openCounterpartParcel(parts, relation, sealed);
    if (parcel.kind === 'express') return { kind: 'express', answer: await takeExpress(parts, relation, parcel) };
    await checkCaughtUp(parts, relation);
    return { kind: 'run', ...(await acceptRun(parts, relation, parcel)) };
  });
}

/** Takes a run from a road. What is refused is kept as proof. @throws Refusal */
export async function acceptSealedRun(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Accepted> {
  await checkCaughtUp(parts, relation);
  return keepingRefused(parts, relation, sealed, () => acceptParcel(parts, relation, sealed));
}

/** Until our channel is back, what the counterpart saw of it cannot be held against it: `catchUp` takes both in order. */
async function checkCaughtUp({ database }: Parts, relation: Relation): Promise<void> {
  const { own } = await readStandings(database, relation.number);
  if (own.stopped === 'not-caught-up') throw new Refusal('not-caught-up', { retryAfter: 5 });
}
