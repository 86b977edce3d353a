import { type DossierId, Refusal, writeInstant } from '@entente/protocol';
import { readNumberCursor } from '../store/page.ts';
import { inspectReads } from '../store/read-log.ts';
import { findRelation } from '../store/relation-queries.ts';
import { listTransfers } from '../store/transfer-record.ts';
import { type Handlers, json, limitOf } from './call.ts';
import type { HttpParts } from './parts.ts';

/** What is kept for the supervisory authority. */
export function recordHandlers({ database, crypto, clock }: HttpParts): Handlers {
  return {
    listTransfers: async (call) => {
      const { relation } = await findRelation(database, call.parameter('relation'), call.caller);
      const { items, next } = await listTransfers(
        database,
        relation,
        readNumberCursor(call.query['cursor']),
        limitOf(call),
      );
      return json({ transfers: items.map((transfer) => ({ ...transfer, time: writeInstant(transfer.time) })), next });
    },
    listReads: async (call) => {
      const relation = await findRelation(database, call.parameter('relation'), call.caller);
      const { purpose = '', dossier, cursor } = call.query;
      if (purpose.trim() === '') throw new Refusal('purpose-missing', { where: 'purpose' });
      const inspector = { caller: call.caller, time: clock.now(), purpose };
      const { items, next } = await inspectReads(database, crypto, relation, inspector, {
        dossier: dossier as DossierId | undefined,
        before: readNumberCursor(cursor),
        limit: limitOf(call),
      });
      return json({ reads: items.map((read) => ({ ...read, time: writeInstant(read.time) })), next });
    },
  };
}
