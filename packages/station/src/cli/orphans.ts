import { readHead, writeInstant } from '@entente/protocol';
import { readEnvelope } from '@entente/wire';
import { releaseOrphan } from '../release/release-orphan.ts';
import { listOrphans } from '../store/epochs.ts';
import type { Command, Outcome } from './command.ts';
import { withRelation } from './opened-relation.ts';
import { table } from './table.ts';

/** Lists what a new epoch of our channel left behind. */
export const orphansList: Command = {
  name: 'orphans list',
  summary: 'List the acts of ours that a new epoch left behind and nobody has released again',
  options: { relation: { value: 'NAME', describe: 'the relation; else the station’s only one' } },
  examples: ['orphans list --relation fr-ma'],
  run: (input, context): Promise<Outcome> =>
    withRelation(input, context, async ({ parts, relation }) => {
      const orphans = (await listOrphans(parts.database, relation.number, true)).map(
        ({ act, index, time, envelope }) => {
          const { type, dossier } = readHead(readEnvelope(envelope).headBytes);
          return { act, index, time: writeInstant(time), type, dossier };
        },
      );
      const rows = orphans.map(({ act, time, type, dossier }) => [act, time, type, dossier.slice(0, 8)]);
      return { text: table(rows, 'No act of ours was left behind.'), json: orphans };
    }),
};

/** Releases again what is still wanted of it. */
export const orphansRelease: Command = {
  name: 'orphans release',
  summary: 'Release an act again that a new epoch left behind, as it was signed; at its new place it is judged anew',
  operands: 'ACT',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    yes: { describe: 'do not ask' },
  },
  examples: ['orphans release --relation fr-ma 51bcce84…'],
  async run(input, context): Promise<Outcome> {
    const act = input.act(0);
    return withRelation(input, context, async ({ parts, relation }) => {
      await context.terminal.confirm(`Is act ${act} still wanted? It takes effect when it leaves.`, input.flag('yes'));
      await releaseOrphan(parts, relation, act);
      return { text: `Act ${act} leaves with the next parcel.`, json: { relation: relation.name, act } };
    });
  },
};
