import { readHead } from '@entente/protocol';
import type { Crypto } from './crypto.ts';
import { readEnvelope } from './envelope.ts';
import { type EvidenceChannel, verifyLoggedEntry } from './evidence-channel.ts';
import { evidenceNames, type EvidenceReader } from './evidence-files.ts';
import type { AccordChange, RootAct } from './roots-said.ts';

/** The accords after the first that a bundle shows, in order: bytes, as they came. */
export function readLaterAccords(files: EvidenceReader): readonly Uint8Array[] {
  const accords: Uint8Array[] = [];
  for (;;) {
    const bytes = files.readIfThere(evidenceNames.laterAccord(accords.length));
    if (bytes === undefined) return accords;
    accords.push(bytes);
  }
}

/**
 * The two acts that agreed on each later accord, shown to be logged by their parties under heads that the others cosigned.
 * Whether they agree on it, `verifyAccordChain` says.
 * @throws Refusal as `verifyLoggedEntry`, and `field-missing`
 */
export function readAccordChanges(
  crypto: Crypto,
  files: EvidenceReader,
  channels: readonly [EvidenceChannel, EvidenceChannel],
  accords: readonly Uint8Array[],
): readonly AccordChange[] {
  return accords.map((accord, at) => ({
    accord,
    proposal: readRootAct(crypto, files, channels, evidenceNames.accordAct(at, 'proposal')),
    acceptance: readRootAct(crypto, files, channels, evidenceNames.accordAct(at, 'acceptance')),
  }));
}

function readRootAct(
  crypto: Crypto,
  files: EvidenceReader,
  [one, other]: readonly [EvidenceChannel, EvidenceChannel],
  folder: string,
): RootAct {
  const entry = files.readEntry(folder);
  const { headBytes, signatures } = readEnvelope(entry.envelope);
  const channel = readHead(headBytes).from === one.owner.party ? one : other;
  const { index, leaf } = verifyLoggedEntry(crypto, channel, entry, folder);
  const approvals = signatures.map(({ approval }) => files.read(evidenceNames.approval(approval)));
  return { envelope: entry.envelope, approval: approvals[0] ?? new Uint8Array(), index, seen: leaf.seen.size };
}
