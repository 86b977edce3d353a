import type { DeadDrop } from '../adapters/dead-drop.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import type { AttachmentReception } from '../custody/attachments/receive-attachment.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { originOf } from '@entente/wire';
import type { LogSize } from '@entente/protocol';
import { readChannel } from '../store/channels.ts';
import { acceptSealedRun } from './accept-sealed.ts';
import { dropDirection } from './link/drop-name.ts';
import { type DropVisit, exchangeByDrop } from './link/exchange-by-drop.ts';
import { makeParcel } from './make-parcel.ts';

/** Visits the dead drop of a relation once: takes what is new, leaves what waits. */
export async function visitDrop(
  parts: Parts,
  relation: Relation,
  drop: DeadDrop,
  custody: AttachmentCustody,
  reception: AttachmentReception,
): Promise<DropVisit> {
  const { database, crypto } = parts;
  const own = await readChannel(database, relation.number, relation.own);
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const { hash } = relation.authority.accord(relation.own);
  return exchangeByDrop({
    drop,
    directions: {
      out: dropDirection(crypto, hash, originOf(relation.own, relation.counterpart, own.epoch)),
      in: dropDirection(crypto, hash, originOf(relation.counterpart, relation.own, theirs.epoch)),
    },
    held: async () => (await readChannel(database, relation.number, relation.counterpart)).size,
    receipted: () => receiptedSize(parts, relation),
    makeParcel: (from) => makeParcel(parts, relation, from),
    acceptParcel: (sealed) => acceptSealedRun(parts, relation, sealed),
    custody,
    reception,
    relation: relation.number,
  });
}

/** How much of our channel the counterpart is known to hold: by its cosignature, or by what its entries saw. */
async function receiptedSize({ database }: Parts, relation: Relation): Promise<LogSize> {
  const own = await readChannel(database, relation.number, relation.own);
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const cosigned = own.cosigned?.size ?? 0;
  return Math.max(cosigned, theirs.lastSeen) as LogSize;
}
