import type { Parts, Relation } from '../custody/relation.ts';
import { takeExpress } from './accept-express.ts';
import { type Accepted, acceptRun } from './accept-parcel.ts';
import { openCounterpartParcel } from './open-counterpart-parcel.ts';

/** What came of a sealed parcel that was fetched: nobody knows its kind before it is open. */
export type Taken =
  | ({ readonly kind: 'run' } & Accepted)
  /** With the sealed answer; empty where what came was itself one. */
  | { readonly kind: 'express'; readonly answer: Uint8Array };

/** Takes a parcel of either kind. @throws Refusal, as `acceptParcel` and `acceptExpress` */
export async function acceptSealed(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Taken> {
  const parcel = await openCounterpartParcel(parts, relation, sealed);
  return parcel.kind === 'run'
    ? { kind: 'run', ...(await acceptRun(parts, relation, parcel)) }
    : { kind: 'express', answer: await takeExpress(parts, relation, parcel) };
}
