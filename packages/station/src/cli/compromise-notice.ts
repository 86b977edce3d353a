import { rootOf } from '@entente/c2sp';
import {
  effectiveTimes,
  type Instant,
  isSha256Hex,
  type LogSize,
  positionsAt,
  Refusal,
  type Sha256Hex,
  type TimedLeaf,
  writeInstant,
} from '@entente/protocol';
import { keyIdOf } from '@entente/wire';
import { seedsOf } from '../custody/found-relation.ts';
import { frontierAt } from '../custody/frontier-at.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { sealingKeyHash } from '../custody/seal-to.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import type { Command, Outcome } from './command.ts';
import { giveNotice, handOverText, writeRootNotice } from './notice-by-root.ts';
import { withRelation } from './opened-relation.ts';

/** Reports that our keys or our station were taken over since an instant. */
export const compromiseNotice: Command = {
  name: 'compromise notice',
  summary: 'Report, by our root, that our keys or our station were taken over since an instant',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    since: { value: 'INSTANT', describe: 'the last instant at which all was well, 2026-11-23T08:00:00Z' },
    key: {
      value: 'KEY',
      multiple: true,
      describe: 'a stolen key: sealing, station, administration, or the 64 digits of an officer’s',
    },
    out: { value: 'FILE', describe: 'where to write the notice (NAME-compromise.notice)' },
    yes: { describe: 'do not ask' },
  },
  examples: [
    'compromise notice --relation fr-ma --since 2026-11-23T08:00:00Z --key sealing --key station',
    'compromise notice --relation fr-ma --since 2026-11-23T08:00:00+01:00 --root /media/root',
  ],
  run: (input, context): Promise<Outcome> =>
    withRelation(input, context, async ({ parts, relation }) => {
      const since = readSince(input.required('since'), parts.clock.now());
      const keys = input.list('key').flatMap((name) => keysNamed(parts, relation, name));
      const trusted = await lastTrusted(parts, relation, since);
      const readable = await readableText(parts, relation, trusted);
      context.terminal.say(readable.join('\n'));
      await context.terminal.confirm('Does our root report it?', input.flag('yes'));
      const seeds = seedsOf(await context.home.rootKeys.readHybrid('root', 'present'));
      const { own, theirs } = trusted;
      const inputs = { since: writeInstant(since), own: own.head, theirs: theirs.head, keys };
      const notice = writeRootNotice(parts, relation, seeds, { type: 'relation/compromise-notice', inputs });
      const file = input.optional('out') ?? `${relation.name}-compromise.notice`;
      await giveNotice(parts, relation, notice, file);
      const text = [
        ...readable,
        handOverText(relation, file),
        `Next: entente keyset use-spare --relation ${relation.name}; then look through entries ${own.head.size} to ${own.held}, and stand by those that are ours: entente compromise confirm.`,
      ].join('\n');
      const suspect = { from: own.head.size, to: own.held };
      const unreceipted = { from: theirs.head.size, to: theirs.held };
      return { text, json: { relation: relation.name, file, since: inputs.since, suspect, void: unreceipted, keys } };
    }),
};

interface TrustedHead {
  readonly head: { readonly size: LogSize; readonly root: Sha256Hex };
  /** Entries held now. */
  readonly held: LogSize;
}

/** The last trusted head of each channel: the last entries receipted at or before an instant. */
async function lastTrusted(
  parts: Parts,
  relation: Relation,
  since: Instant,
): Promise<{ readonly own: TrustedHead; readonly theirs: TrustedHead }> {
  const { database } = parts;
  const own = await readChannel(database, relation.number, relation.own);
  const theirs = await readChannel(database, relation.number, relation.counterpart);
  const leaves = [await leavesOf(parts, own), await leavesOf(parts, theirs)] as const;
  const [ownSize, theirSize] = positionsAt(since, leaves, effectiveTimes(leaves)).sizes;
  return { own: await headAt(parts, own, ownSize), theirs: await headAt(parts, theirs, theirSize) };
}

async function leavesOf({ database }: Parts, { relation, channel }: Channel): Promise<readonly TimedLeaf[]> {
  const { rows } = await database.query<TimedLeaf>(
    'select time, saw(entry) as seen from entry where relation = $1 and channel = $2 order by index',
    [relation, channel],
  );
  return rows;
}

async function headAt({ database, crypto }: Parts, channel: Channel, size: number): Promise<TrustedHead> {
  const root = rootOf(crypto, await frontierAt(database, crypto, channel, size)).toHex() as Sha256Hex;
  return { head: { size: size as LogSize, root }, held: channel.size };
}

async function readableText(
  { database }: Parts,
  relation: Relation,
  { own, theirs }: { readonly own: TrustedHead; readonly theirs: TrustedHead },
): Promise<readonly string[]> {
  const { rows } = await database.query<{ files: number }>(
    `select count(*)::int as files from attachment where relation = $1 and state = 'present'`,
    [relation.number],
  );
  return [
    `Suspect: entries ${own.head.size} to ${own.held} of ours; our receipts of ${relation.counterpart}’s from ${theirs.head.size} on are void.`,
    'What could be read, with a sealing key alone: every parcel sealed to it.',
    `Where the database was copied: everything on disk since then. Here now: ${own.held} entries of ours, ${theirs.held} of ${relation.counterpart}’s, ${rows[0]?.files ?? 0} attachments, all drafts, and what was erased since.`,
  ];
}

function readSince(text: string, now: Instant): Instant {
  let instant: number;
  try {
    instant = Temporal.Instant.from(text).epochMilliseconds;
  } catch (cause) {
    throw new Refusal('usage', { what: '--since: an instant with its offset, 2026-11-23T08:00:00Z' }, { cause });
  }
  if (instant > now) throw new Refusal('usage', { what: `--since: ${text} is yet to come` });
  return instant as Instant;
}

/** All living sealing keys lie in one folder: who has one has them all. */
function keysNamed({ crypto }: Parts, relation: Relation, name: string): readonly Sha256Hex[] {
  const { keys } = relation.ownKeyset;
  switch (name) {
    case 'sealing':
      return relation.sealing().map(({ recipient }) => sealingKeyHash(crypto, recipient));
    case 'station':
      return [keyIdOf(crypto, { kind: 'station', publicKey: keys.station })];
    case 'administration':
      return [keyIdOf(crypto, { kind: 'administration', publicKey: keys.administration })];
    default:
      if (isSha256Hex(name)) return [name];
      throw new Refusal('usage', { what: '--key: sealing, station, administration or 64 hexadecimal digits' });
  }
}
