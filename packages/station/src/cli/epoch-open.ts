import { rootOf } from '@entente/c2sp';
import { isLogSize, type LogSize, Refusal, type Sha256Hex } from '@entente/protocol';
import { forcedAt } from '../custody/caught-up.ts';
import { seedsOf } from '../custody/found-relation.ts';
import { frontierAt } from '../custody/frontier-at.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readChannel } from '../store/channels.ts';
import type { Command, Outcome } from './command.ts';
import { giveNotice, handOverText, writeRootNotice } from './notice-by-root.ts';
import { withRelation } from './opened-relation.ts';

/** Opens the next epoch of our channel by our root's order. */
export const epochOpen: Command = {
  name: 'epoch open',
  summary: 'Open the next epoch of our channel after the last head both sides hold, signed by our root',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    size: { value: 'N', describe: 'entries common to both sides; else as many as the counterpart last cosigned' },
    out: { value: 'FILE', describe: 'where to write the notice (NAME-epoch-N.notice)' },
    yes: { describe: 'do not ask' },
  },
  examples: ['epoch open --relation fr-ma --root /media/root', 'epoch open --relation fr-ma --size 4711'],
  run: (input, context): Promise<Outcome> =>
    withRelation(input, context, async ({ parts, relation }) => {
      const common = await lastCommonHead(parts, relation, readSize(input.optional('size')));
      const { epoch, size, root, beyond } = common;
      context.terminal.say(
        [
          `Epoch ${epoch} of our channel begins after ${size} entries:`,
          `  root     ${root}`,
          `  beyond   ${beyond} entries here; what ${relation.counterpart} holds beyond is left behind too`,
          `Compare size and root with ${relation.counterpart} on a known number first: it must hold this head. Where our station only has not caught up yet, let it reach ${relation.counterpart} instead.`,
        ].join('\n'),
      );
      await context.terminal.confirm('Does our root order it?', input.flag('yes'));
      const seeds = seedsOf(await context.home.rootKeys.readHybrid('root', 'present'));
      const inputs = { epoch, common: { size, root } };
      const notice = writeRootNotice(parts, relation, seeds, { type: 'relation/epoch-notice', inputs });
      const file = input.optional('out') ?? `${relation.name}-epoch-${epoch}.notice`;
      await giveNotice(parts, relation, notice, file);
      const text = [
        `Epoch ${epoch} of our channel is open after ${size} entries; ${beyond} were left behind: entente orphans list --relation ${relation.name}.`,
        handOverText(relation, file),
      ].join('\n');
      return { text, json: { relation: relation.name, file, epoch, size, root, orphaned: beyond } };
    }),
};

interface CommonHead {
  readonly epoch: number;
  readonly size: LogSize;
  readonly root: Sha256Hex;
  /** How many entries we hold after it. */
  readonly beyond: number;
}

/** The newest head of ours that the counterpart cosigned is one it holds for certain; a person may know a later one. */
async function lastCommonHead(
  { database, crypto }: Parts,
  relation: Relation,
  named: LogSize | undefined,
): Promise<CommonHead> {
  const own = await readChannel(database, relation.number, relation.own);
  const isForced = (await forcedAt({ database }, own)) !== undefined;
  if (named === undefined && own.stopped === undefined && !isForced) {
    throw new Refusal('usage', {
      what: `our channel has not stopped, nothing calls for a new epoch. Where ${relation.counterpart} reports a conflict, compare heads by telephone and name the last common size with --size`,
    });
  }
  const size = named ?? own.cosigned?.size ?? (0 as LogSize);
  if (size > own.size) throw new Refusal('usage', { what: `--size ${size}: we hold ${own.size} entries` });
  const root = rootOf(crypto, await frontierAt(database, crypto, own, size)).toHex() as Sha256Hex;
  return { epoch: own.epoch + 1, size, root, beyond: own.size - size };
}

function readSize(text: string | undefined): LogSize | undefined {
  if (text === undefined) return undefined;
  const size = Number(text);
  if (text === '' || !isLogSize(size)) throw new Refusal('usage', { what: '--size: a number of entries' });
  return size;
}
