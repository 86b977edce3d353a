import { noteHeldBeyond } from '../custody/caught-up.ts';
import { giveHeld } from './give-held.ts';
import { acceptCosigned } from '../custody/accept-cosigned.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readChannel } from '../store/channels.ts';
import { acceptSealedRun } from './accept-sealed.ts';
import { acceptExpress } from './accept-express.ts';
import type { AttachmentHandlers, LogHandlers, PeerHandlers } from './link/peer.ts';
import { dueExpress, makeExpress } from './make-express.ts';
import { keepingRefused } from './keep-refused.ts';
import { makeParcel } from './make-parcel.ts';
import { acceptNotice } from '../custody/accept-notice.ts';
import type { Wakeable } from './wakeable.ts';

/** What this station does for the counterpart of one relation when it dials in. */
export function counterpartHandlers(
  parts: Parts,
  relation: Relation,
  woken: Wakeable,
  attachments: AttachmentHandlers,
  log: LogHandlers,
): PeerHandlers {
  return {
    acceptParcel: async (sealed) => {
      const { have, cosigned } = await acceptSealedRun(parts, relation, sealed);
      woken.wake();
      return { have, cosigned: cosigned.note };
    },
    awaitParcel: async (from, over) => {
      await noteHeldBeyond(parts, relation, from);
      while (!over.aborted) {
        const seen = woken.count;
        const [ahead] = await dueExpress(parts, relation, from);
        if (ahead !== undefined) return makeExpress(parts, relation, ahead);
        const parcel = await makeParcel(parts, relation, from);
        if (parcel !== undefined) return parcel.sealed;
        await woken.wait(over, seen);
      }
      return undefined;
    },
    readHeld: (owner, from, seen) => giveHeld(parts, relation, owner, from, seen),
    acceptExpress: (sealed) => keepingRefused(parts, relation, sealed, () => acceptExpress(parts, relation, sealed)),
    acceptCosigned: async (note) => {
      await acceptCosigned(parts, relation, note);
    },
    readHeads: async () => {
      const own = await readChannel(parts.database, relation.number, relation.own);
      const theirs = await readChannel(parts.database, relation.number, relation.counterpart);
      return { have: theirs.size, mine: own.size };
    },
    acceptNotice: async (notice) => {
      await acceptNotice(parts, relation, notice);
      woken.wake();
    },
    attachments,
    log,
  };
}
