import { canonicalJson, readAccord, writeAccord } from '@entente/protocol';
import { proposeAccord, verifyProposal } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { seedsOf } from '../custody/found-relation.ts';
import { draftOf } from './accord-draft.ts';
import { accordText } from './accord-text.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed, writePrivate } from './home.ts';
import { parseJson } from './json-file.ts';
import { checkSameParties } from './same-parties.ts';
import { writeProposal } from './proposal-file.ts';
import { keepTheirs, readOurs } from './relation-papers.ts';
import { readTerms } from './terms-file.ts';

/** Signs an accord with our root and writes it for the counterpart to sign. */
export const accordPropose: Command = {
  name: 'accord propose',
  summary: 'Sign an accord with our root and write the proposal for the counterpart',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    theirs: { value: 'FILE', describe: 'the counterpart’s terms file' },
    accord: { value: 'FILE', describe: 'an edited draft; else the defaults' },
    out: { value: 'FILE', describe: 'where to write the proposal (NAME-proposal.json)' },
    yes: { describe: 'fingerprints were compared by voice: do not ask' },
  },
  examples: [
    'accord propose --relation fr-ma --theirs fr-ma-terms-ma.json --accord accord-draft.json --out proposal.json',
  ],
  async run(input, { home, terminal }): Promise<Outcome> {
    const relation = input.relation();
    const ours = await readOurs(home, relation);
    const theirs = readTerms(await readNamed(input.required('theirs')), 'terms');
    const edited = input.optional('accord');
    const draft = draftOf(ours, theirs);
    const bytes =
      edited === undefined
        ? writeAccord(draft)
        : new TextEncoder().encode(canonicalJson(parseJson(await readNamed(edited), edited)));
    checkSameParties(readAccord(bytes), draft);
    const seeds = seedsOf(await home.rootKeys.readHybrid('root', 'present'));
    const proposal = proposeAccord(nodeCrypto, bytes, seeds);
    const file = verifyProposal(nodeCrypto, proposal, ours.root);
    terminal.say(accordText(file));
    await terminal.confirm(
      'Was the fingerprint of the counterpart’s root compared by voice, and is this what we propose?',
      input.flag('yes'),
    );
    await keepTheirs(home, ours, theirs);
    const out = input.optional('out') ?? `${relation}-proposal.json`;
    await writePrivate(out, writeProposal(proposal, ours));
    const text = `Proposal in ${out}. The counterpart runs: entente accord sign ${out}`;
    return { text, json: { file: out, accord: file.id } };
  },
};
