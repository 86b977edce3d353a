import { accordAccept, accordAmend } from './accord-amend.ts';
import { accordDraft } from './accord-draft.ts';
import { accordInstall } from './accord-install.ts';
import { accordPropose } from './accord-propose.ts';
import { accordShow } from './accord-show.ts';
import { accordSign } from './accord-sign.ts';
import { actPrepare } from './act-prepare.ts';
import { actCommands } from './act-say.ts';
import { actSend } from './act-send.ts';
import { actSign } from './act-sign.ts';
import { backup } from './backup.ts';
import { blindAudit, blindOpen, blindProve } from './blind-audit.ts';
import { blindCheck, blindList } from './blind-check.ts';
import { blindKey, blindRotate } from './blind-key.ts';
import { blindPublish } from './blind-publish.ts';
import { carryInCommand } from './carry-in.ts';
import { carryOutCommand } from './carry-out.ts';
import { clockOverride } from './clock-override.ts';
import type { Command } from './command.ts';
import { compromiseConfirm } from './compromise-confirm.ts';
import { compromiseNotice } from './compromise-notice.ts';
import { doctor } from './doctor.ts';
import { dossierShow } from './dossier-show.ts';
import { epochOpen } from './epoch-open.ts';
import { exportChannel } from './export-channel.ts';
import { exportEvidence } from './export-evidence.ts';
import { forceStartCommand } from './force-start.ts';
import { houseGoOn } from './house-go-on.ts';
import { houseHead } from './house-head.ts';
import { importCommand } from './import.ts';
import { dossierList, inbox } from './inbox.ts';
import { init } from './init.ts';
import { keysetNext } from './keyset-next.ts';
import { keysetSpare } from './keyset-spare.ts';
import { keysetUseSpare } from './keyset-use-spare.ts';
import { matchCommands } from './match.ts';
import { noticeAccept } from './notice-accept.ts';
import { officerEnrol } from './officer-enrol.ts';
import { officerList } from './officer-list.ts';
import { officerRevoke } from './officer-revoke.ts';
import { orphansList, orphansRelease } from './orphans.ts';
import { relationInvite } from './relation-invite.ts';
import { reviewClose } from './review-close.ts';
import { restoreCommand } from './restore.ts';
import { serve } from './serve.ts';
import { search } from './search.ts';
import { verify } from './verify.ts';
import { watchlistImport, watchlistList, watchlistRemove } from './watchlist.ts';

/** Every command, in the order in which a new user meets them. */
export const commands: readonly Command[] = [
  init,
  relationInvite,
  accordDraft,
  accordPropose,
  accordSign,
  accordShow,
  accordInstall,
  accordAmend,
  accordAccept,
  serve,
  officerEnrol,
  officerRevoke,
  officerList,
  inbox,
  reviewClose,
  dossierList,
  dossierShow,
  importCommand,
  watchlistImport,
  watchlistList,
  watchlistRemove,
  search,
  ...matchCommands,
  actPrepare,
  actSign,
  actSend,
  ...actCommands,
  blindKey,
  blindPublish,
  blindCheck,
  blindList,
  blindRotate,
  blindOpen,
  blindProve,
  blindAudit,
  carryOutCommand,
  carryInCommand,
  exportChannel,
  exportEvidence,
  verify,
  backup,
  restoreCommand,
  forceStartCommand,
  epochOpen,
  orphansList,
  orphansRelease,
  compromiseNotice,
  compromiseConfirm,
  keysetSpare,
  keysetUseSpare,
  keysetNext,
  noticeAccept,
  clockOverride,
  houseHead,
  houseGoOn,
  doctor,
];
