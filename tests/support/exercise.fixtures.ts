import type { ActId, DossierId, LogSize } from '@entente/protocol';
import type { Parts, Relation } from '../../packages/station/src/custody/relation.ts';
import { acceptCosigned } from '../../packages/station/src/custody/accept-cosigned.ts';
import { type Accepted, acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeParcel, type Parcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { writeStationActs } from '../../packages/station/src/release/station-acts.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { putIntoOutbox, urgencies } from '../../packages/station/src/store/outbox.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** Puts exercises into the outbox: acts that change no state. */
export async function exercise(
  { parts, relation }: { readonly parts: Parts; readonly relation: Relation },
  count: number,
  urgency: number = urgencies.ordinary,
): Promise<readonly ActId[]> {
  const statements = Array.from({ length: count }, (_, at) => ({
    type: 'relation/exercise',
    inputs: {},
    urgency,
    dossier: parts.crypto.randomBytes(16).toHex() as DossierId,
    fields: { filler: `exercise ${at}` },
  }));
  return transact(parts.database, async (transaction) => {
    const acts = await writeStationActs(parts, relation, transaction, statements);
    await putIntoOutbox(transaction, relation.number, acts);
    return acts.map(({ act }) => act.toHex() as ActId);
  });
}

/** The next parcel for a counterpart that has our channel up to `from`. */
export async function parcelFrom(
  { parts, relation }: Pick<TestStation, 'relation'> & { readonly parts: Parts },
  from: number,
): Promise<Parcel> {
  const parcel = await makeParcel(parts, relation, from as LogSize);
  if (parcel === undefined) throw new Error('there is something to send');
  return parcel;
}

/** Sends parcels until there is no more to say, and takes the cosignatures back. @returns what came of the last */
export async function send(from: TestStation, to: TestStation): Promise<Accepted | undefined> {
  let { size: have } = await readChannel(to.parts.database, 1, from.relation.own);
  let accepted: Accepted | undefined;
  for (;;) {
    const parcel = await makeParcel(from.parts, from.relation, have);
    if (parcel === undefined) return accepted;
    accepted = await acceptParcel(to.parts, to.relation, parcel.sealed);
    await acceptCosigned(from.parts, from.relation, accepted.cosigned.note);
    have = accepted.have;
  }
}

/** Size, root and stop of both channels as a station holds them, to compare with the other's. */
export async function channelsOf({ parts, relation }: TestStation): Promise<Readonly<Record<string, string>>> {
  const channels = await Promise.all(
    [relation.own, relation.counterpart].map((owner) => readChannel(parts.database, 1, owner)),
  );
  return Object.fromEntries(
    channels.map(({ owner, epoch, size, root }) => [owner, `${epoch}: ${size} ${root.toHex()}`]),
  );
}
