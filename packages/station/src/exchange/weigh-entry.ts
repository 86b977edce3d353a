import { leafHash } from '@entente/c2sp';
import {
  type ActId,
  type Head,
  type Instant,
  type Leaf,
  type LogSize,
  type NotedReason,
  rankAfter,
  readHead,
  Refusal,
  orUnreadable,
} from '@entente/protocol';
import { type ActSignature, type Crypto, type ParcelEntry, readEnvelope, writeLeaf } from '@entente/wire';
import type { RecentHeads } from '../custody/recent-heads.ts';
import type { NewEntry } from '../store/entries.ts';

/** What an entry says, before anybody judges it. Unreadable bytes keep their place: they are noted, never lost. */
export interface ReadAct {
  readonly id: ActId;
  readonly envelope: Uint8Array;
  readonly body: Uint8Array | undefined;
  readonly head: Head | undefined;
  readonly signatures: readonly ActSignature[];
}

/**
 * Reads an act's envelope and head, and holds its body to the head's hash. The id of an envelope that cannot be read is
 * the SHA-256 of the envelope, so that both sides give it the same.
 * @param recent heads read before, which are not read again; this one is kept among them
 * @throws Refusal `hash-mismatch` for a body that is not the head's
 */
export function readAct(
  crypto: Crypto,
  envelope: Uint8Array,
  body: Uint8Array | undefined,
  recent?: RecentHeads,
): ReadAct {
  const opened = orUnreadable(() => readEnvelope(envelope));
  if (opened === undefined) {
    return { id: crypto.sha256Hex(envelope) as ActId, envelope, body, head: undefined, signatures: [] };
  }
  const { headBytes, signatures } = opened;
  const id = crypto.sha256Hex(headBytes) as ActId;
  const known = recent?.get(id);
  const head = known ?? orUnreadable(() => readHead(headBytes));
  if (known === undefined && head !== undefined) recent?.keep(id, head);
  if (body !== undefined && head !== undefined && crypto.sha256Hex(body) !== head.body) {
    throw new Refusal('hash-mismatch', { where: `body of act ${id}` });
  }
  return { id, envelope, body, head, signatures };
}

/** Where an entry comes to stand, as the row to be written. */
export function entryAt(
  crypto: Crypto,
  act: ReadAct,
  place: {
    readonly time: Instant;
    readonly seen: Leaf['seen'];
    /** How much it counts as having seen; all it saw, where nothing is said. */
    readonly counted?: LogSize;
    readonly previousRank: number;
    readonly seenRank: number;
    readonly verdict: NotedReason | undefined;
  },
): NewEntry {
  const { time, seen } = place;
  const leaf = writeLeaf({ act: act.id, envelope: crypto.sha256Hex(act.envelope), time, seen });
  return {
    time,
    seen: seen.size,
    ...(place.counted === undefined || place.counted === seen.size ? {} : { counted: place.counted }),
    rank: rankAfter(place.previousRank, place.seenRank),
    act: Buffer.from(act.id, 'hex'),
    leaf: leafHash(crypto, leaf),
    dossier: Buffer.from(act.head?.dossier ?? noDossier, 'hex'),
    register: writesRegister(act, place.verdict),
    heads: act.head?.type === 'relation/heads',
    verdict: place.verdict,
    envelope: act.envelope,
    body: act.body,
  };
}

/** The leaf hash of an entry as it travels. */
export function leafOf(crypto: Crypto, entry: ParcelEntry): Uint8Array {
  const { id } = readAct(crypto, entry.envelope, entry.body ?? undefined);
  const { time, seen } = entry;
  return leafHash(crypto, writeLeaf({ act: id, envelope: crypto.sha256Hex(entry.envelope), time, seen }));
}

const noDossier = '0'.repeat(32);
const silent: ReadonlySet<string> = new Set([
  'heads',
  'exercise',
  'express-receipt',
  'digest',
  're-seal',
  'attachment-receipt',
  'blind-set',
  'blind-query',
  'blind-answer',
  'blind-refusal',
]);

/** Whether an act of that verdict changes what later acts are judged by. */
export function writesRegister({ head }: Pick<ReadAct, 'head'>, verdict: NotedReason | undefined): boolean {
  if (verdict !== undefined || head === undefined) return false;
  return head.type.startsWith('relation/') && !silent.has(head.type.slice('relation/'.length));
}
