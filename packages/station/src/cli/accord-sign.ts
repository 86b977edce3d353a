import { Refusal } from '@entente/protocol';
import { acceptAccord } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { seedsOf } from '../custody/found-relation.ts';
import { accordText } from './accord-text.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed, writePrivate } from './home.ts';
import { readProposal } from './proposal-file.ts';
import { installAccord, keepTheirs, readOurs } from './relation-papers.ts';

/** Shows a proposal, has it confirmed, adds our root's signatures and installs the accord here. */
export const accordSign: Command = {
  name: 'accord sign',
  summary: 'Show a proposal, sign it with our root, install it and write the accord for the proposer',
  operands: 'PROPOSAL',
  options: {
    out: { value: 'FILE', describe: 'where to write the accord signed by both (NAME-accord.json)' },
    yes: { describe: 'fingerprints were compared by voice: do not ask' },
  },
  examples: ['accord sign fr-ma-proposal.json --out fr-ma-accord.json'],
  async run(input, { home, terminal }): Promise<Outcome> {
    const { proposal, terms, file } = readProposal(await readNamed(input.operand(0, 'PROPOSAL')));
    const ours = await readOurs(home, file.accord.relation);
    if (terms.root === ours.root)
      throw new Refusal('usage', { what: 'this proposal is our own: the counterpart signs it' });
    terminal.say(accordText(file));
    await terminal.confirm('Were both fingerprints compared by voice, and do we sign this accord?', input.flag('yes'));
    const seeds = seedsOf(await home.rootKeys.readHybrid('root', 'present'));
    const accord = acceptAccord(nodeCrypto, proposal, terms.root, seeds);
    await keepTheirs(home, ours, terms);
    const { id } = await installAccord(home, ours.relation, accord);
    const out = input.optional('out') ?? `${ours.relation}-accord.json`;
    await writePrivate(out, accord);
    const text = `Signed and installed. Hand ${out} to ${terms.terms.id}, who runs: entente accord install ${out}`;
    return { text, json: { file: out, accord: id, relation: ours.relation } };
  },
};
