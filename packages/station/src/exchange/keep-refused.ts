import { Refusal, type RefusalCode } from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';
import { type AlarmKind, raiseAlarm } from '../store/alarms.ts';
import { askReSeal } from './ask-re-seal.ts';
import { openSealedParcel } from './open-sealed.ts';

// A parcel of up to 64 MiB: its first line is signed and names the rest, and that is the proof.
const mostProof = 64 * 1024;

/** What is fraud or a defect of the counterpart, and what to do. Whatever is not here is an ordinary turn. */
const fraud: Readonly<Partial<Record<RefusalCode, string>>> = {
  'wrong-recipient': 'It holds an act for somebody else. Tell the counterpart; do not pass it on',
  'wrong-relation': 'It holds an act of another relation. Tell the counterpart; do not pass it on',
  'signature-invalid': 'Its signature does not hold. Call the counterpart and ask whether its keys are safe',
  'signature-missing': 'A signature is missing. Call the counterpart and ask which software it runs',
  'proof-invalid': 'Its proof does not hold. Call the counterpart and compare heads',
  'hash-mismatch': 'Its entries are not those its owner signed. Call the counterpart and compare heads',
  'seen-too-far': 'It claims to have seen what was never sent. Call the counterpart and compare heads',
  'seen-decreases': 'It claims to have seen less than before. Call the counterpart and compare heads',
  'parcel-malformed': 'It cannot be read. Ask the counterpart which software it runs',
  'note-malformed': 'It cannot be read. Ask the counterpart which software it runs',
  'too-large': 'It is larger than a parcel may be. Ask the counterpart which software it runs',
  'approval-missing': 'It lacks an approval that its acts name. Ask the counterpart to send it again',
  'body-awaited':
    'It puts an accord in force whose text has not come. Ask the counterpart for its whole channel: entente carry out --all',
  'key-unknown': 'A key that signed it is unknown. Ask the counterpart for its keyset',
};

/**
 * Takes something sealed in. What an authenticated counterpart should never have sent is kept as proof, bounded, and
 * alarmed with what to do (invariant 6); what could not be opened is asked for again.
 */
export async function keepingRefused<Result>(
  parts: Parts,
  relation: Relation,
  sealed: Uint8Array,
  take: () => Promise<Result>,
): Promise<Result> {
  try {
    return await take();
  } catch (error) {
    await askReSeal(parts, relation, error);
    const advice = error instanceof Refusal ? fraud[error.code] : undefined;
    if (error instanceof Refusal && advice !== undefined) {
      const kind: AlarmKind = error.code === 'wrong-recipient' ? 'wrong-recipient' : 'refused-parcel';
      // No word of the sender's: the same fault raises one alarm until it is settled, however often it comes.
      const what = `a parcel of ${relation.counterpart} was refused (${error.code}) and nothing of it taken. ${advice}`;
      const proof = await proofOf(parts, relation, sealed);
      await raiseAlarm(parts.database, { relation: relation.number, time: parts.clock.now(), kind, what, proof });
    }
    throw error;
  }
}

async function proofOf(parts: Parts, relation: Relation, sealed: Uint8Array): Promise<Uint8Array> {
  try {
    return (await openSealedParcel(parts, relation, sealed)).slice(0, mostProof);
  } catch (error) {
    if (error instanceof Refusal) return sealed.slice(0, mostProof);
    throw error;
  }
}
