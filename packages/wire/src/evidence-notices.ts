import { readHead, Refusal } from '@entente/protocol';
import type { AccordChain } from './accord-chain.ts';
import type { Crypto } from './crypto.ts';
import { doubtsOf, isSuspect, isVoid } from './doubts.ts';
import { readEnvelope } from './envelope.ts';
import { type EvidenceChannel, type LoggedEntry, verifyLoggedEntry } from './evidence-channel.ts';
import { evidenceNames, type EvidenceReader } from './evidence-files.ts';
import type { Place } from './root-act.ts';
import type { ShownNotice } from './roots-said.ts';

/** Why what a bundle proves does not count, though every signature holds. `index`: the entry of that party's channel. */
export interface EvidenceDoubt {
  readonly kind: 'act-suspect' | 'receipt-suspect' | 'receipt-void';
  readonly party: string;
  readonly index: number;
}

/**
 * The notices, confirmations and keysets that a bundle shows; those with a leaf are shown to be logged by their parties.
 * Whether they count, `verifyAccordChain` says.
 * @throws Refusal as `verifyLoggedEntry`, and `field-missing`
 */
export function readNotices(
  crypto: Crypto,
  files: EvidenceReader,
  channels: readonly [EvidenceChannel, EvidenceChannel],
): readonly ShownNotice[] {
  const notices: ShownNotice[] = [];
  for (;;) {
    const folder = evidenceNames.notice(notices.length);
    const envelope = files.readIfThere(`${folder}/envelope.json`);
    if (envelope === undefined) return notices;
    const place = placeOf(crypto, files, channels, folder, envelope);
    const { signatures } = readEnvelope(envelope);
    const approvals = signatures.map(({ approval }) => files.read(evidenceNames.approval(approval)));
    notices.push({ envelope, approvals, place });
  }
}

/** What stands in a channel has its effect there or does not belong into a bundle. @throws Refusal `proof-invalid` */
export function checkNoneNoted({ noted }: AccordChain): void {
  const [one] = noted;
  if (one !== undefined) throw new Refusal('proof-invalid', { where: `notices (act ${one.id})`, what: one.reason });
}

/** What the bundle's notices put in doubt of the act and of its receipt. */
export function doubtsAbout(
  chain: AccordChain,
  act: LoggedEntry,
  receipt: { readonly by: EvidenceChannel['owner']['party']; readonly index: number },
): readonly EvidenceDoubt[] {
  const doubts = doubtsOf(chain);
  const found: EvidenceDoubt[] = [];
  const { from } = act.head;
  if (isSuspect(doubts, from, act.index)) found.push({ kind: 'act-suspect', party: from, index: act.index });
  const { by: party, index } = receipt;
  if (isVoid(doubts, party, index, act.index)) found.push({ kind: 'receipt-void', party, index });
  else if (isSuspect(doubts, party, index)) found.push({ kind: 'receipt-suspect', party, index });
  return Object.freeze(found);
}

/** Undefined where the bundle shows the envelope alone: it came by another road. */
function placeOf(
  crypto: Crypto,
  files: EvidenceReader,
  [one, other]: readonly [EvidenceChannel, EvidenceChannel],
  folder: string,
  envelope: Uint8Array,
): Place | undefined {
  const leaf = files.readIfThere(`${folder}/leaf.json`);
  if (leaf === undefined) return undefined;
  const proof = files.read(`${folder}/tlog-proof.txt`);
  const channel = readHead(readEnvelope(envelope).headBytes).from === one.owner.party ? one : other;
  const logged = verifyLoggedEntry(crypto, channel, { envelope, leaf, proof }, folder);
  return { index: logged.index, seen: logged.leaf.seen.size };
}
