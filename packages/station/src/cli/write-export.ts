import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogSize, PartyId } from '@entente/protocol';
import type { RootAct, ShownNotice } from '@entente/wire';
import { readAgreedAccords, type RootEntry } from '../custody/agreed-accords.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readNotedNotices, readRootNotices } from '../custody/root-notices.ts';
import { itemsOf } from '../exchange/write-entries.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import { discloseEntries, readBareEntries } from '../store/disclose-entries.ts';
import { readPapers, recordOf } from '../store/relations.ts';
import { writeAccordChange } from './accord-change-file.ts';
import { writeChannelLine } from './channel-folder.ts';
import { writePrivate } from './home.ts';
import { writeShownNotice } from './notice-file.ts';

const step = 500;

/** What entries are disclosed for, and to whom. */
export interface ExportDisclosure {
  readonly purpose: string;
  readonly to: string;
}

/**
 * Writes both channels of a relation, as they are at one moment, to a folder, with everything that verifies them.
 * @returns how many entries of each party
 */
export async function writeExport(
  folder: string,
  parts: Parts,
  relation: Relation,
  disclosure: ExportDisclosure | undefined,
  onProgress: (owner: PartyId, done: number, whole: number) => void,
): Promise<Readonly<Record<string, number>>> {
  const { database } = parts;
  // Read once: what a running station adds meanwhile is in neither the papers nor the entries.
  const channels = [
    await readChannel(database, relation.number, relation.own),
    await readChannel(database, relation.number, relation.counterpart),
  ] as const;
  await writePapers(folder, parts, relation, channels);
  const sizes: Record<string, number> = {};
  for (const channel of channels) {
    const { owner, size } = channel;
    await writeChannel(folder, parts, relation, channel, disclosure, (done) => onProgress(owner, done, size));
    sizes[owner] = size;
  }
  return sizes;
}

async function writePapers(
  folder: string,
  parts: Parts,
  relation: Relation,
  channels: readonly [Channel, Channel],
): Promise<void> {
  const { database } = parts;
  const { number } = relation;
  const { accords, keysets } = await readPapers(database, number);
  const [first] = accords;
  if (first !== undefined) await writePrivate(join(folder, 'accords/1.json'), first.envelope);
  for (const [at, { accord, proposal, acceptance }] of (
    await readAgreedAccords(parts, relation, ...channels)
  ).entries()) {
    const change = writeAccordChange({ accord, proposal: placed(proposal), acceptance: placed(acceptance) });
    await writePrivate(join(folder, `accords/${at + 2}.json`), change);
  }
  const notices = await shownNotices(parts, relation, channels);
  for (const [at, notice] of notices.entries())
    await writePrivate(join(folder, `notices/${at + 1}.json`), writeShownNotice(notice));
  for (const { party } of keysets) {
    const chain = keysets.filter((keyset) => keyset.party === party);
    for (const [at, { envelope }] of chain.entries()) {
      await writePrivate(join(folder, `keysets/${party}/${at + 1}.json`), envelope);
    }
  }
}

/** Those with effect, those without where they stand, and those that stand nowhere yet. */
async function shownNotices(
  parts: Parts,
  relation: Relation,
  channels: readonly [Channel, Channel],
): Promise<readonly ShownNotice[]> {
  const { standing, byRoad } = await readRootNotices(parts, relation, ...channels);
  const noted = await readNotedNotices(parts, relation, ...channels);
  return [
    ...[...standing, ...noted].map(({ entry, approvals }) => ({
      envelope: entry.envelope,
      approvals: [...approvals.values()],
      place: { index: entry.index, seen: entry.seen },
    })),
    ...byRoad.map(({ envelope, approvals }) => ({ envelope, approvals: [...approvals.values()], place: undefined })),
  ];
}

function placed({ entry, approval }: RootEntry): RootAct {
  return { envelope: entry.envelope, approval, index: entry.index, seen: entry.seen };
}

async function writeChannel(
  folder: string,
  { database, crypto, clock }: Parts,
  relation: Relation,
  channel: Channel,
  disclosure: ExportDisclosure | undefined,
  onProgress: (done: number) => void,
): Promise<void> {
  const { number, own, counterpart } = relation;
  const path = join(folder, `channels/${channel.owner}-${channel.epoch}`);
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (channel.signed !== undefined) await writePrivate(join(path, 'signed.txt'), channel.signed.note);
  if (channel.cosigned !== undefined) await writePrivate(join(path, 'cosigned.txt'), channel.cosigned.note);
  const other = await readChannel(database, number, channel.own ? counterpart : own);
  const file = await open(join(path, 'entries.jsonl'), 'wx', 0o600);
  try {
    for (let at = 0; at < channel.size; at += step) {
      const from = at as LogSize;
      const to = Math.min(channel.size, at + step) as LogSize;
      const entries =
        disclosure === undefined
          ? await readBareEntries(database, channel, from, to)
          : await discloseEntries(
              database,
              crypto,
              recordOf(relation),
              { channel, from, to },
              { caller: undefined, time: clock.now(), purpose: disclosure.purpose },
              disclosure.to,
            );
      const items = await itemsOf(database, number, other.channel, entries);
      await file.writeFile(items.map(writeChannelLine).join(''));
      onProgress(at + entries.length);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}
