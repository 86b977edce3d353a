import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type PartyId, Refusal, type Sha256Hex } from '@entente/protocol';
import {
  c2spCryptoOf,
  doubtsOf,
  logVkeys,
  mirrorVkeys,
  originOf,
  readSpokenFingerprint,
  rootFingerprint,
  verifySignedNote,
} from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import type { Command, Outcome } from './command.ts';
import { readIfThere } from './home.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { type ChannelFound, collectSeen, headOfNote, verifyChannel } from './verify-channel.ts';
import { verifyEvidenceFile } from './verify-evidence.ts';
import { startThreads, type VerifyThread } from './verify-threads.ts';
import { doubtsAsJson, doubtTexts } from './verify-doubts.ts';
import { checkPlaces, type Trust, verifyTrust } from './verify-trust.ts';

/** Verifies exported channels or evidence from bytes and two fingerprints: no database, no station. */
export const verify: Command = {
  name: 'verify',
  summary: 'Verify exported channels (a folder) or evidence (a tar) from the bytes alone; needs no station',
  operands: 'DIR|FILE',
  options: {
    fingerprint: { value: 'HEX', multiple: true, describe: 'a root’s fingerprint, as compared by voice; give both' },
    signatures: { describe: 'every officer’s and station’s signature too (slower)' },
  },
  examples: [
    'verify /srv/audit/fr-ma --signatures',
    'verify evidence.tar --fingerprint "96e2 402c …" --fingerprint "72cb 5008 …"',
  ],
  async run(input, { terminal }): Promise<Outcome> {
    const path = input.operand(0, 'DIR or FILE');
    const fingerprints = input.list('fingerprint').map(readSpokenFingerprint);
    if (![0, 2].includes(fingerprints.length)) throw new Refusal('usage', { what: '--fingerprint: both, or none' });
    const found = await stat(path).catch((cause: unknown) => {
      throw new Refusal('usage', { what: path }, { cause });
    });
    if (!found.isDirectory()) return verifyEvidenceFile(path, fingerprints);
    return verifyFolder(path, fingerprints, input.flag('signatures'), (...shown) => terminal.progress(...shown));
  },
};

interface Folder {
  readonly owner: PartyId;
  readonly other: PartyId;
  readonly epoch: number;
  readonly path: string;
}

interface Verified extends ChannelFound {
  readonly owner: PartyId;
  readonly epoch: number;
  readonly cosigned: number;
}

/**
 * Verifies a folder of exported channels.
 * @param onProgress told how much of a channel's file is read
 */
export async function verifyFolder(
  folder: string,
  fingerprints: readonly Sha256Hex[],
  withSignatures: boolean,
  onProgress: Terminal['progress'],
): Promise<Outcome> {
  const began = performance.now();
  const { trust, channels } = await verifyAll(folder, fingerprints, withSignatures, onProgress);
  checkPlaces(trust, new Map(channels.map(({ owner, rootActs }) => [owner, rootActs])));
  const seconds = (performance.now() - began) / 1000;
  const entries = channels.reduce((sum, one) => sum + one.entries, 0);
  const rate = Math.round(entries / seconds);
  const doubts = doubtsOf(trust.chain);
  const rows = channels.map(({ owner, epoch, entries: size, unsigned, cosigned, signatures, root }) => [
    `${owner}, epoch ${epoch}`,
    `${size} entries${unsigned === 0 ? '' : `, the last ${unsigned} not signed yet`}`,
    `${cosigned} cosigned`,
    signatures === undefined
      ? 'signatures not checked'
      : `${signatures.verified} signatures hold, ${signatures.failed} do not${otherAccordText(signatures.otherAccord)}`,
    `root ${root.slice(0, 16)}…`,
  ]);
  const roots = trust.first.roots.map((root) => rootFingerprint(nodeCrypto, root));
  const trusted =
    fingerprints.length === 2
      ? 'The roots are those you named.'
      : 'Compare the roots’ fingerprints by voice: entente accord show.';
  const text = [
    table(rows, 'no channel in this folder'),
    ...doubtTexts(trust.chain, doubts, channels),
    `Every byte is bound by the signed heads; ${rate} acts/s. ${trusted}`,
  ].join('\n');
  return {
    text,
    json: {
      accord: trust.first.id,
      accords: [...trust.chain.accords.keys()],
      roots,
      ...doubtsAsJson(doubts, channels),
      acts: entries,
      actsPerSecond: rate,
      channels: channels.map(asJson),
    },
  };
}

/** An act that names an accord not in force where it stands is noted, not effective. */
function otherAccordText(acts: number): string {
  return acts === 0 ? '' : `, ${acts} acts name an accord not in force there`;
}

function asJson(channel: Verified): Readonly<Record<string, string | number | object>> & Record<string, never> {
  const { signatures, rootActs: _, ...rest } = channel;
  return { ...rest, ...(signatures === undefined ? {} : { signatures: { ...signatures } }) } as never;
}

async function foldersIn(folder: string, { chain }: Trust): Promise<readonly Folder[]> {
  const { parties } = chain;
  const names: readonly string[] = await readdir(join(folder, 'channels')).catch(() => []);
  return names.toSorted().flatMap((name) => {
    const [, owner, epoch] = /^(.+)-(\d{1,9})$/.exec(name) ?? [];
    const party = parties.find((one) => one === owner);
    const other = parties.find((one) => one !== owner);
    return party === undefined || other === undefined
      ? []
      : [{ owner: party, other, epoch: Number(epoch), path: join(folder, 'channels', name) }];
  });
}

async function verifyAll(
  folder: string,
  fingerprints: readonly Sha256Hex[],
  withSignatures: boolean,
  onProgress: Terminal['progress'],
): Promise<{ readonly trust: Trust; readonly channels: readonly Verified[] }> {
  // Before anything else: they load while the trust is verified.
  const threads = startThreads();
  try {
    const trust = await verifyTrust(folder, fingerprints);
    const folders = await foldersIn(folder, trust);
    const channels = await Promise.all(
      // Each channel begins with a thread of its own, where its signatures stay.
      folders.map((one, at) => {
        const first = at % threads.length;
        const own = [...threads.slice(first), ...threads.slice(0, first)];
        return verifyOne(folder, trust, one, own, withSignatures, onProgress);
      }),
    );
    return { trust, channels };
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

async function verifyOne(
  folder: string,
  trust: Trust,
  one: Folder,
  threads: readonly VerifyThread[],
  withSignatures: boolean,
  onProgress: Terminal['progress'],
): Promise<Verified> {
  const { owner, other, epoch, path } = one;
  const roots = new Map<number, Sha256Hex>();
  const signed = await verifyHead(trust, one, 'signed');
  const cosigned = await verifyHead(trust, one, 'cosigned');
  for (const head of [signed, cosigned]) if (head !== undefined && head.size > 0) expectRoot(roots, head, path);
  for (const [size, root] of await claimsAbout(threads, folder, other, epoch))
    if (size > 0) expectRoot(roots, { size, root }, path);
  const entries = join(path, 'entries.jsonl');
  const whole = (await stat(entries)).size;
  let done = 0;
  const onRead = (bytes: number): void => {
    done += bytes;
    onProgress(owner, done, whole);
  };
  const signers = withSignatures
    ? { party: owner, chain: trust.chain, keysets: trust.keysets.get(owner) ?? [] }
    : undefined;
  const expected = { roots, size: signed?.size ?? 0 };
  const found = await verifyChannel(nodeCrypto, threads, entries, expected, signers, onRead);
  return { owner, epoch, ...found, cosigned: cosigned?.size ?? 0 };
}

/** Verifies a head's note: its owner's two signatures, and for a cosigned one the other party's two. */
async function verifyHead(
  { keysets }: Trust,
  { owner, other, epoch, path }: Folder,
  kind: 'signed' | 'cosigned',
): Promise<{ readonly size: number; readonly root: Sha256Hex } | undefined> {
  const bytes = await readIfThere(join(path, `${kind}.txt`));
  const own = keysets.get(owner)?.at(-1);
  const mirror = keysets.get(other)?.at(-1);
  if (bytes === undefined || own === undefined || mirror === undefined) return undefined;
  const hasher = c2spCryptoOf(nodeCrypto);
  const origin = originOf(owner, other, epoch);
  const log = logVkeys(hasher, origin, own.keys.log);
  const witness = mirrorVkeys(hasher, other, mirror.keys.mirror);
  const more = kind === 'cosigned' ? [witness.ed25519, witness.mldsa44] : [];
  const note = verifySignedNote(hasher, bytes, [log.ed25519, log.mldsa44, ...more], `${path}/${kind}.txt`);
  const head = headOfNote(note.text);
  if (head.origin !== origin) throw new Refusal('wrong-relation', { where: `${path}/${kind}.txt` });
  return head;
}

/** What the other party's newest channel claims to have seen of this one. */
async function claimsAbout(
  threads: readonly VerifyThread[],
  folder: string,
  other: PartyId,
  epoch: number,
): Promise<ReadonlyMap<number, Sha256Hex>> {
  const path = join(folder, `channels/${other}-${epoch}/entries.jsonl`);
  if ((await stat(path).catch(() => undefined)) === undefined) return new Map();
  return collectSeen(threads, path);
}

function expectRoot(
  roots: Map<number, Sha256Hex>,
  { size, root }: { readonly size: number; readonly root: Sha256Hex },
  path: string,
): void {
  const known = roots.get(size);
  if (known !== undefined && known !== root)
    throw new Refusal('history-conflict', { where: path, what: `two roots of the first ${size} entries` });
  roots.set(size, root);
}
