import {
  differingDossiers,
  hashDigest,
  type Head,
  isLogSize,
  type LogSize,
  readBody,
  readDigest,
  Refusal,
  type RelationDigest,
} from '@entente/protocol';
import type { Parts } from '../custody/relation.ts';
import { readAct } from '../exchange/weigh-entry.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { type Transaction, transact } from '../store/database.ts';
import { type Entry, readEntries } from '../store/entries.ts';
import {
  type FoldedMark,
  type HeldChannels,
  keepDigestCompared,
  lockFoldedMark,
  readHeldChannels,
  type Sizes,
} from '../store/folding.ts';
import { seenBefore } from '../store/leaves.ts';
import { digestAt } from './digest-at.ts';
import type { Folding } from './folding.ts';

// What a counterpart can make us fold anew by naming an old cut stays within seconds.
const farthest = 100_000;

/** What comparing came to: nothing new, too far behind what is folded, alike, or different with the first bytes of the dossiers' ids. */
export type Compared =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'too-far' }
  | { readonly kind: 'alike' }
  | { readonly kind: 'different'; readonly dossiers: readonly string[] };

/**
 * Holds the newest digest that the counterpart told against our own at the very cut it names, and alarms on a difference.
 * Only the newest counts: a counterpart that tells a thousand costs one comparison.
 */
export async function compareDigests(parts: Parts, folding: Folding): Promise<Compared> {
  const { relation } = folding;
  return transact(parts.database, async (transaction) => {
    const mark = await lockFoldedMark(transaction, relation.number);
    const index = mark?.theirDigest;
    if (mark === undefined || index === undefined || index === mark.compared) return { kind: 'nothing' };
    await keepDigestCompared(transaction, relation.number, index);
    const channels = await readHeldChannels(transaction, relation.number);
    const compared = await compare(parts, transaction, folding, channels, mark, index as LogSize);
    if (compared.kind === 'different') {
      await raiseAlarm(transaction, {
        relation: relation.number,
        time: parts.clock.now(),
        kind: 'digest-differs',
        what: `their entry ${index}: dossiers ${compared.dossiers.join(' ')}`,
        proof: undefined,
      });
    }
    return compared;
  });
}

async function compare(
  { crypto }: Parts,
  transaction: Transaction,
  folding: Folding,
  channels: HeldChannels,
  mark: FoldedMark,
  index: LogSize,
): Promise<Compared> {
  const { relation } = folding;
  const { channel } = channels.theirs;
  const [entry] = await readEntries(transaction, { relation: relation.number, channel }, index, (index + 1) as LogSize);
  const head = entry && readAct(crypto, entry.envelope, entry.body).head;
  const cut = head && cutNamed(head);
  if (entry === undefined || head === undefined || cut === undefined) return { kind: 'nothing' };
  // Told in a history that an epoch left behind.
  if (entry.counted !== undefined) return { kind: 'nothing' };
  // A cut of which its author had not seen all, or that sees beyond itself, has no digest to compare.
  if (!(await isCutBefore(transaction, relation.number, channels, entry, cut)))
    return { kind: 'different', dossiers: ['?'] };
  const { covered } = mark;
  if (covered.own + covered.theirs - cut.own - cut.theirs > farthest) return { kind: 'too-far' };
  const own = await digestAt(transaction, folding, channels, mark, cut);
  if (hashDigest(own, (bytes) => crypto.sha256(bytes)).toHex() === head.inputs['digest']) return { kind: 'alike' };
  const theirs = sumsOf(entry);
  const dossiers = theirs === undefined ? [] : differingDossiers(own, theirs);
  return { kind: 'different', dossiers: dossiers.length > 0 ? dossiers : ['?'] };
}

/** The cut as we count it: what the author calls its own is the counterpart's. */
function cutNamed({ inputs }: Head): Sizes | undefined {
  const cut = inputs['cut'];
  if (typeof cut !== 'object' || cut === null || !('own' in cut) || !('theirs' in cut)) return undefined;
  const { own, theirs } = cut;
  return isLogSize(own) && isLogSize(theirs) ? { own: theirs, theirs: own } : undefined;
}

async function isCutBefore(
  transaction: Transaction,
  relation: number,
  { own, theirs }: HeldChannels,
  entry: Entry,
  cut: Sizes,
): Promise<boolean> {
  if (cut.theirs > entry.index || cut.own > entry.seen) return false;
  const ownSaw = await seenBefore(transaction, relation, own.channel, cut.own);
  const theySaw = await seenBefore(transaction, relation, theirs.channel, cut.theirs);
  return ownSaw <= cut.theirs && theySaw <= cut.own;
}

/** The sums in the body; undefined where it is gone or not what its type declares. */
function sumsOf({ body }: Entry): RelationDigest | undefined {
  try {
    const sums = body && readBody(body).fields['sums'];
    return typeof sums === 'string' && base64.test(sums) ? readDigest(Uint8Array.fromBase64(sums)) : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const base64 = /^[A-Za-z0-9+/]{10923}=$/;
