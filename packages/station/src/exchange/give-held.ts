import { type LogSize, type PartyId, Refusal } from '@entente/protocol';
import { parcelLimits, seal, writeParcel, writeParcelHeader } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import { readEntries } from '../store/entries.ts';
import { makeStandingParcel, type Parcel } from './make-parcel.ts';
import { itemsOf } from './write-entries.ts';

/**
 * Gives a counterpart that was restored what it lacks of either channel, sealed to its newest key (PROTOCOL §2.4): of ours
 * as always, of its own as we cosigned it. Only entries that saw at most `seen` of the other channel, so that it can judge
 * each at its author's past.
 */
export async function giveHeld(
  parts: Parts,
  relation: Relation,
  owner: PartyId,
  from: LogSize,
  seen: LogSize,
): Promise<Uint8Array | undefined> {
  return (await makeHeld(parts, relation, owner, from, seen))?.sealed;
}

/** The same, with where it ends. */
export async function makeHeld(
  parts: Parts,
  relation: Relation,
  owner: PartyId,
  from: LogSize,
  seen: LogSize,
): Promise<Parcel | undefined> {
  if (owner !== relation.own && owner !== relation.counterpart) throw new Refusal('relation-unknown', { where: owner });
  const channel = await readChannel(parts.database, relation.number, owner);
  const count = await countSeeing(parts, channel, from, seen);
  if (count === 0) return undefined;
  if (owner === relation.own) return makeStandingParcel(parts, relation, from, count);
  return giveBack(parts, relation, channel, from, count);
}

/** How many entries from `from` on fit into one parcel and saw no more than `seen`; it never decreases along a channel. */
async function countSeeing({ database }: Parts, channel: Channel, from: LogSize, seen: LogSize): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int as count from entry
     where relation = $1 and channel = $2 and index >= $3 and index < $4 and saw(entry) <= $5`,
    [channel.relation, channel.channel, from, from + parcelLimits.entries, seen],
  );
  return rows[0]?.count ?? 0;
}

async function giveBack(
  { database, crypto }: Parts,
  relation: Relation,
  channel: Channel,
  from: LogSize,
  count: number,
): Promise<Parcel | undefined> {
  const { cosigned } = channel;
  if (cosigned === undefined || cosigned.size < from + count) return undefined;
  const own = await readChannel(database, relation.number, relation.own);
  const end = (from + count) as LogSize;
  const header = writeParcelHeader(relation.log(own.epoch).ed25519, {
    kind: 'run',
    from: relation.own,
    to: relation.counterpart,
    relation: relation.name,
    epoch: own.epoch,
    start: from,
    end,
  });
  const entries = await readEntries(database, channel, from, end);
  const items = await itemsOf(database, relation.number, own.channel, entries);
  const plaintext = writeParcel({ kind: 'run', header, checkpoint: cosigned.note, items });
  return { start: from, end, sealed: await seal(crypto, [relation.sealTo()], plaintext) };
}
