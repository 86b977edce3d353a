import { Refusal } from '@entente/protocol';
import { noteHeldBeyond } from '../custody/caught-up.ts';
import { giveHeld } from './give-held.ts';
import { acceptCosigned } from '../custody/accept-cosigned.ts';
import { questionOf, writeQuestion } from '../custody/question.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readStandings } from '../store/channels.ts';
import { acceptSealedRun } from './accept-sealed.ts';
import { acceptExpress } from './accept-express.ts';
import type { AttachmentHandlers, LogHandlers, PeerHandlers } from './link/peer.ts';
import { dueExpress, makeExpress } from './make-express.ts';
import { keepingRefused } from './keep-refused.ts';
import { makeParcel } from './make-parcel.ts';
import { takeSealedAnswer } from './take-answer.ts';
import { acceptNotice } from '../custody/accept-notice.ts';
import { type NoticeToSend, noteTaken, untakenNotices } from '../store/notices.ts';
import { NoticesAgain } from './notices-again.ts';
import type { Wakeable } from './wakeable.ts';

const noticeFirst = 'a notice of our root comes first';

/** What this station does for the counterpart of one relation when it dials in. */
export function counterpartHandlers(
  parts: Parts,
  relation: Relation,
  woken: Wakeable,
  attachments: AttachmentHandlers,
  log: LogHandlers,
  onAccepted: () => Promise<void> = async () => {},
): PeerHandlers {
  const noticesAgain = new NoticesAgain(parts, relation);
  return {
    acceptParcel: async (sealed) => {
      const { have, cosigned } = await acceptSealedRun(parts, relation, sealed);
      // What the station itself says to what came leaves with the receipt of it, not a parcel later.
      void onAccepted().finally(() => woken.wake());
      return { have, cosigned: cosigned.note };
    },
    awaitParcel: async (from, over) => {
      await noteHeldBeyond(parts, relation, from);
      await noticesAgain.noteHeld(from);
      while (!over.aborted) {
        const seen = woken.count;
        // What follows may be signed by keys that only a notice of our root announces.
        if ((await nextNotice(parts, relation)) !== undefined) throw new Refusal('key-unknown', { what: noticeFirst });
        const standings = await readStandings(parts.database, relation.number);
        const [ahead] = await dueExpress(parts, relation, from, standings);
        if (ahead !== undefined) return makeExpress(parts, relation, ahead);
        const parcel = await makeParcel(parts, relation, from, standings.own);
        if (parcel !== undefined) return parcel.sealed;
        await woken.wait(over, seen);
      }
      return undefined;
    },
    readHeld: async (owner, from, seen) => {
      await noticesAgain.noteFetchesBack(owner, from);
      return giveHeld(parts, relation, owner, from, seen);
    },
    takeAnswer: async (sealed) => {
      await takeSealedAnswer(parts, relation, sealed);
      woken.wake();
    },
    acceptExpress: (sealed) => keepingRefused(parts, relation, sealed, () => acceptExpress(parts, relation, sealed)),
    acceptCosigned: async (note) => {
      await acceptCosigned(parts, relation, note);
    },
    readNotice: async () => (await nextNotice(parts, relation))?.bytes,
    noteNoticeTaken: async (taken) => {
      const next = await nextNotice(parts, relation);
      if (next === undefined || parts.crypto.sha256Hex(next.bytes) !== taken) return;
      await noteTaken(parts.database, relation.number, next.hash);
    },
    readHeads: async () => {
      const { own, theirs } = await readStandings(parts.database, relation.number);
      const asks = own.stopped === 'not-caught-up' ? await questionOf(parts, relation) : undefined;
      return { have: theirs.size, mine: own.size, ...(asks === undefined ? {} : { asks: writeQuestion(asks) }) };
    },
    acceptNotice: async (notice) => {
      await acceptNotice(parts, relation, notice);
      woken.wake();
    },
    attachments,
    log,
  };
}

async function nextNotice({ database }: Parts, { number, own }: Relation): Promise<NoticeToSend | undefined> {
  const [next] = await untakenNotices(database, number, own);
  return next;
}
