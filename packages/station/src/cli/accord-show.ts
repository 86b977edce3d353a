import { type Json, Refusal } from '@entente/protocol';
import { accordText } from './accord-text.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed } from './home.ts';
import { readProposal } from './proposal-file.ts';
import { readPaperFiles } from './relation-papers.ts';

/** Shows an accord: the one installed, or a proposal. */
export const accordShow: Command = {
  name: 'accord show',
  summary: 'Show the installed accord of a relation, or a proposal, with the fingerprints to compare by voice',
  operands: '[PROPOSAL]',
  options: { relation: { value: 'NAME', describe: 'the relation; else the station’s only one' } },
  examples: ['accord show --relation fr-ma', 'accord show fr-ma-proposal.json'],
  async run(input, { home }): Promise<Outcome> {
    const [proposal] = input.operands;
    const file =
      proposal === undefined
        ? (await readPaperFiles(home, input.relation()))?.accord
        : readProposal(await readNamed(proposal)).file;
    if (file === undefined) throw new Refusal('accord-not-signed', { what: input.relation() });
    return { text: accordText(file), json: { hash: file.id, accord: file.accord as unknown as Json } };
  },
};
