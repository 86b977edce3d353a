import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogSize, Refusal } from '@entente/protocol';
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
import type { Command, Outcome } from './command.ts';
import { readIfThere, writePrivate } from './home.ts';
import { writeShownNotice } from './notice-file.ts';
import { openStation, relationNamed } from './open-station.ts';

const step = 500;

/** Writes both channels of a relation as text, with everything that verifies them. */
export const exportChannel: Command = {
  name: 'export channel',
  summary: 'Write both channels of a relation to a folder that entente verify checks without a database',
  operands: 'DIR',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    bodies: { describe: 'with content; the house log says so' },
    purpose: { value: 'TEXT', describe: 'with --bodies: what the content is for' },
    to: { value: 'TEXT', describe: 'with --bodies: who receives it' },
  },
  examples: [
    'export channel --relation fr-ma /srv/audit/fr-ma',
    'export channel --relation fr-ma --bodies --purpose "migration 2027" --to "own archive" /srv/archive/fr-ma',
  ],
  async run(input, { home, databaseUrl, terminal }): Promise<Outcome> {
    const name = input.relation();
    const folder = input.operand(0, 'DIR');
    if ((await readIfThere(join(folder, 'accords/1.json'))) !== undefined)
      throw new Refusal('already-exists', { what: folder });
    const { parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const { database } = parts;
      const relation = relationNamed(relations, name);
      const disclosure = input.flag('bodies')
        ? { purpose: input.required('purpose'), to: input.required('to') }
        : undefined;
      await writePapers(folder, parts, relation);
      const sizes: Record<string, number> = {};
      for (const owner of [relation.own, relation.counterpart]) {
        const channel = await readChannel(database, relation.number, owner);
        const onProgress = (done: number): void => terminal.progress(owner, done, channel.size);
        await writeChannel(folder, parts, relation, channel, disclosure, onProgress);
        sizes[owner] = channel.size;
      }
      const counted = Object.entries(sizes)
        .map(([owner, size]) => `${owner} ${size} entries`)
        .join(', ');
      return { text: `${folder}: ${counted}. Check it with entente verify ${folder}`, json: { folder, sizes } };
    } finally {
      await close();
    }
  },
};

async function writePapers(folder: string, parts: Parts, relation: Relation): Promise<void> {
  const { database } = parts;
  const { number, own, counterpart } = relation;
  const { accords, keysets } = await readPapers(database, number);
  const [first] = accords;
  if (first !== undefined) await writePrivate(join(folder, 'accords/1.json'), first.envelope);
  const channels = [
    await readChannel(database, number, own),
    await readChannel(database, number, counterpart),
  ] as const;
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
  disclosure: { readonly purpose: string; readonly to: string } | undefined,
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
