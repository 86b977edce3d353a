import { type Accord, type ActId, Refusal } from '@entente/protocol';
import { seedsOf } from '../custody/found-relation.ts';
import { acceptAccordChange, proposeAccordChange, readProposals } from '../release/root-act.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed, writePrivate } from './home.ts';
import { parseJson } from './json-file.ts';
import { openStation, relationNamed } from './open-station.ts';

/** Proposes an accord in place of the one in force, in the channel; without a file it writes the one in force to be edited. */
export const accordAmend: Command = {
  name: 'accord amend',
  summary: 'Propose a new accord in the channel, signed by our root; the counterpart accepts it with accord accept',
  options: {
    relation: { value: 'NAME', describe: 'the relation' },
    accord: { value: 'FILE', describe: 'the edited accord; without it, the accord in force is written to --out' },
    out: { value: 'FILE', describe: 'where to write the accord in force (NAME-accord-draft.json)' },
    yes: { describe: 'do not ask' },
  },
  examples: ['accord amend --relation fr-ma', 'accord amend --relation fr-ma --accord fr-ma-accord-draft.json'],
  async run(input, { home, databaseUrl, terminal }): Promise<Outcome> {
    const { parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const relation = relationNamed(relations, input.relation());
      await readProposals(parts, relation);
      const edited = input.optional('accord');
      if (edited === undefined) {
        const out = input.optional('out') ?? `${relation.name}-accord-draft.json`;
        const { accord } = relation.authority.accord(relation.own);
        await writePrivate(out, `${JSON.stringify(accord, undefined, 2)}\n`);
        return {
          text: `Edit ${out}, then: entente accord amend --relation ${relation.name} --accord ${out}`,
          json: { file: out },
        };
      }
      const { previous: _, ...change } = parseJson(await readNamed(edited), edited) as unknown as Accord;
      await terminal.confirm(`Do we propose ${edited} to ${relation.counterpart}?`, input.flag('yes'));
      const seeds = seedsOf(await home.rootKeys.readHybrid('root', 'present'));
      const act = await proposeAccordChange(parts, relation, seeds, change);
      const text = `Proposed by act ${act}. In force once ${relation.counterpart} accepts: entente accord accept ${act}`;
      return { text, json: { relation: relation.name, act } };
    } finally {
      await close();
    }
  },
};

/** Accepts an accord that the counterpart proposed in its channel. */
export const accordAccept: Command = {
  name: 'accord accept',
  summary: 'Show the accords the counterpart has proposed, or accept one with our root',
  operands: '[ACT]',
  options: {
    relation: { value: 'NAME', describe: 'the relation' },
    yes: { describe: 'do not ask' },
  },
  examples: ['accord accept --relation fr-ma', 'accord accept --relation fr-ma 51bcce84…'],
  async run(input, { home, databaseUrl, terminal }): Promise<Outcome> {
    const { parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const relation = relationNamed(relations, input.relation());
      const proposals = await readProposals(parts, relation);
      const [wanted] = input.operands;
      if (wanted === undefined) {
        const lines = proposals.map(({ act, accord }) => `${act}  accord ${accord}`);
        const text = lines.length === 0 ? `${relation.counterpart} has proposed no accord.` : lines.join('\n');
        return { text, json: proposals.map(({ act, accord }) => ({ act, accord })) };
      }
      const proposal = proposals.find(({ act }) => act === wanted);
      if (proposal === undefined) throw new Refusal('act-unknown', { where: wanted });
      terminal.say(JSON.stringify(proposal.content, undefined, 2));
      await terminal.confirm('Do we sign this accord in place of the one in force?', input.flag('yes'));
      const seeds = seedsOf(await home.rootKeys.readHybrid('root', 'present'));
      const act: ActId = await acceptAccordChange(parts, relation, seeds, proposal);
      return { text: `Accepted by act ${act}: in force for us now.`, json: { relation: relation.name, act } };
    } finally {
      await close();
    }
  },
};
