import { join } from 'node:path';
import { type PartyId, readAccord, Refusal, type Sha256Hex } from '@entente/protocol';
import {
  type AccordChain,
  type AccordChange,
  type AccordFile,
  type Keyset,
  rootFingerprint,
  sparesOf,
  type Verified,
  verifyAccord,
  verifyAccordChain,
  verifyKeysetChain,
} from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { readAccordChange } from './accord-change-file.ts';
import { readIfThere, readNamed } from './home.ts';
import { rootsOfAccord } from './roots-of-accord.ts';
import type { AccordAct } from './verify-piece.ts';

/** What an exported folder's channels are verified by, itself verified from the roots. */
export interface Trust {
  /** The relation's first accord. */
  readonly first: Verified<AccordFile>;
  readonly chain: Verified<AccordChain>;
  readonly keysets: ReadonlyMap<PartyId, readonly Keyset[]>;
}

/**
 * Verifies a folder's accords and keysets: the first accord by four signatures, each later one by both roots' acts, each
 * keyset by its root, following the one before or the spare one of an accord.
 * @param fingerprints of both roots; where none are given, those the first accord names
 */
export async function verifyTrust(folder: string, fingerprints: readonly Sha256Hex[]): Promise<Trust> {
  const signed = await readNamed(join(folder, 'accords/1.json'));
  const first = verifyAccord(nodeCrypto, signed, rootsOfAccord(signed, fingerprints));
  const changes = await readChanges(folder);
  const accords = [first.accord, ...changes.map(({ accord }) => readAccord(accord))];
  const keysets = new Map<PartyId, readonly Keyset[]>();
  for (const [at, { id, keyset }] of first.accord.parties.entries()) {
    const root = first.roots[at];
    if (root === undefined) continue;
    const trust = { root: rootFingerprint(nodeCrypto, root), first: keyset, spares: sparesOf(accords, id) };
    const chain = verifyKeysetChain(nodeCrypto, await readInOrder(folder, `keysets/${id}`, 1), trust);
    keysets.set(
      id,
      chain.map((one) => one.keyset),
    );
  }
  const roots = new Map([...keysets].map(([party, chain]) => [party, chain.map(({ root }) => root)]));
  return { first, chain: verifyAccordChain(nodeCrypto, first, changes, roots), keysets };
}

/**
 * Silent where each act that agreed on an accord stands in its party's channel at the place from which it was judged.
 * @param found the acts on accords that the channels hold, by their owner
 * @throws Refusal `accord-not-signed`
 */
export function checkPlaces({ chain }: Trust, found: ReadonlyMap<PartyId, readonly AccordAct[]>): void {
  for (const { id, head, index, seen } of chain.acts) {
    const stands = found.get(head.from)?.some((act) => act.id === id && act.index === index && act.seen === seen);
    if (stands !== true)
      throw new Refusal('accord-not-signed', { where: `act ${id}`, what: `is not entry ${index} of ${head.from}` });
  }
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
