import { join } from 'node:path';
import { type PartyId, readAccord, Refusal, type Sha256Hex } from '@entente/protocol';
import {
  type AccordChain,
  type AccordChange,
  type AccordFile,
  type Keyset,
  noticeTypes,
  rootFingerprint,
  type ShownNotice,
  type SignedKeyset,
  sparesOf,
  type Verified,
  verifyAccord,
  verifyAccordChain,
  verifyKeysetChain,
} from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { readAccordChange } from './accord-change-file.ts';
import { readIfThere, readNamed } from './home.ts';
import { readShownNotice } from './notice-file.ts';
import { rootsOfAccord } from './roots-of-accord.ts';
import type { RootActPlace } from './verify-piece.ts';

/** What an exported folder's channels are verified by, itself verified from the roots. */
export interface Trust {
  /** The relation's first accord. */
  readonly first: Verified<AccordFile>;
  readonly chain: Verified<AccordChain>;
  readonly keysets: ReadonlyMap<PartyId, readonly Keyset[]>;
}

/**
 * Verifies a folder's accords and keysets: the first accord by four signatures, each later one by both roots' acts, each
 * keyset by its root, following the one before or the spare one of an accord, each notice by the root it names.
 * @param fingerprints of both roots; where none are given, those the first accord names
 */
export async function verifyTrust(folder: string, fingerprints: readonly Sha256Hex[]): Promise<Trust> {
  const accord = await readNamed(join(folder, 'accords/1.json'));
  const first = verifyAccord(nodeCrypto, accord, rootsOfAccord(accord, fingerprints));
  const changes = await readChanges(folder);
  const accords = [first.accord, ...changes.map(({ accord }) => readAccord(accord))];
  const signed = new Map<PartyId, readonly SignedKeyset[]>();
  for (const [at, { id, keyset }] of first.accord.parties.entries()) {
    const root = first.roots[at];
    if (root === undefined) continue;
    const trust = { root: rootFingerprint(nodeCrypto, root), first: keyset, spares: sparesOf(accords, id) };
    signed.set(id, verifyKeysetChain(nodeCrypto, await readInOrder(folder, `keysets/${id}`, 1), trust));
  }
  const chain = verifyAccordChain(nodeCrypto, first, { changes, notices: await readNotices(folder) }, signed);
  const keysets = new Map([...signed].map(([party, list]) => [party, list.map(({ keyset }) => keyset)] as const));
  return { first, chain, keysets };
}

/**
 * Silent where each act of a root that was shown stands in its party's channel at the place from which it was judged, and the
 * channels hold no notice, confirmation or keyset that was not shown.
 * @param found the acts of roots that the channels hold, by their owner
 * @throws Refusal `accord-not-signed`, `field-missing`
 */
export function checkPlaces({ chain }: Trust, found: ReadonlyMap<PartyId, readonly RootActPlace[]>): void {
  const shown = [...chain.acts, ...chain.noted];
  for (const { id, head, index, seen } of shown) {
    const stands = found.get(head.from)?.some((act) => act.id === id && act.index === index && act.seen === seen);
    if (stands !== true)
      throw new Refusal('accord-not-signed', { where: `act ${id}`, what: `is not entry ${index} of ${head.from}` });
  }
  for (const [party, acts] of found) {
    const missing = acts.find(
      (act) => noticeTypes.includes(act.type) && !shown.some(({ id, index }) => id === act.id && index === act.index),
    );
    if (missing !== undefined)
      throw new Refusal('field-missing', { where: 'notices', what: `entry ${missing.index} of ${party}` });
  }
}

async function readNotices(folder: string): Promise<readonly ShownNotice[]> {
  const files = await readInOrder(folder, 'notices', 1);
  return files.map((bytes, at) => readShownNotice(bytes, `notices/${at + 1}.json`));
}

async function readChanges(folder: string): Promise<readonly AccordChange[]> {
  const files = await readInOrder(folder, 'accords', 2);
  return files.map((bytes, at) => readAccordChange(bytes, `accords/${at + 2}.json`));
}

/** The files `<n>.json` of a folder, from a number on to the last without a gap. */
async function readInOrder(folder: string, name: string, from: number): Promise<readonly Uint8Array[]> {
  const files: Uint8Array[] = [];
  for (;;) {
    const bytes = await readIfThere(join(folder, name, `${from + files.length}.json`));
    if (bytes === undefined) return files;
    files.push(bytes);
  }
}
