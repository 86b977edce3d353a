import { readRegister, readHead, type PartyId, Refusal, type Sha256Hex } from '@entente/protocol';
import { type Crypto, type Keyset, readEnvelope } from '@entente/wire';
import type { Queryable } from '../store/database.ts';
import type { Authority } from './authority.ts';
import { readNotice } from './read-notice.ts';

/** What the notices of a party's root, received outside the channels, say of its sealing keys. */
export interface SealingTrust {
  /** How much of its channel was held when its keyset came: sealing keys announced before are older than the keyset's. */
  readonly since: number;
  /** Hashes of keys named in its compromise notices. */
  readonly stopped: ReadonlySet<string>;
}

/**
 * The age recipient that parcels to a party are sealed to: the newest its station announced since its keyset, else the
 * keyset's own.
 * @throws Refusal `key-unknown` where that key was reported stolen: acts wait for another (PROTOCOL §4.3)
 */
export function sealTo(
  crypto: Crypto,
  authority: Authority,
  party: PartyId,
  keyset: Keyset,
  { since, stopped }: SealingTrust,
): string {
  const recipient = newestRecipient(authority, party, keyset, since);
  const hash = sealingKeyHash(crypto, recipient);
  if (stopped.has(hash) || authority.present(party).isStopped(hash)) {
    throw new Refusal('key-unknown', {
      where: 'sealing',
      what: `${party} reported its sealing key stolen; acts wait for the next`,
    });
  }
  return recipient;
}

/** The same, trusted or not: for what holds nothing secret. @param since how much of its channel was held when its keyset came */
export function newestRecipient(authority: Authority, party: PartyId, { keys }: Keyset, since: number): string {
  const announced = authority.present(party).sealingKey()?.recipient;
  const before = authority.viewOf(party, since).sealingKey()?.recipient;
  return announced === undefined || announced === before ? keys.sealing : announced;
}

/** The name under which a compromise notice speaks of a sealing key. */
export function sealingKeyHash(crypto: Crypto, recipient: string): Sha256Hex {
  return crypto.sha256Hex(new TextEncoder().encode(recipient));
}

/** Reads what a party's notices say. @param keyset hash of its newest keyset */
export async function loadSealingTrust(
  queryable: Queryable,
  relation: number,
  party: PartyId,
  keyset: Sha256Hex,
): Promise<SealingTrust> {
  const { rows } = await queryable.query<{ hash: string; kind: string; size: number; bytes: Uint8Array }>(
    `select encode(hash, 'hex') as hash, kind, size, bytes from notice where relation = $1 and party = $2`,
    [relation, party],
  );
  return {
    since: rows.find(({ hash }) => hash === keyset)?.size ?? 0,
    stopped: new Set(
      rows.filter(({ kind }) => kind === 'relation/compromise-notice').flatMap(({ bytes }) => keysIn(bytes)),
    ),
  };
}

function keysIn(bytes: Uint8Array): readonly string[] {
  const notice = readNotice(bytes);
  if (notice.kind !== 'act') return [];
  const write = readRegister(readHead(readEnvelope(notice.envelope).headBytes));
  return write?.kind === 'compromise' ? write.keys : [];
}
