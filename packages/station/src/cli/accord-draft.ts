import { type Accord, type Json, Refusal, writeAccord } from '@entente/protocol';
import { draftAccord } from '../custody/draft-accord.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed, writePrivate } from './home.ts';
import { readOurs } from './relation-papers.ts';
import { type CheckedTerms, readTerms } from './terms-file.ts';

/** Writes a draft of an accord that both can edit before anybody signs. */
export const accordDraft: Command = {
  name: 'accord draft',
  summary: 'Write a draft accord from both terms files, to be edited before it is proposed',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    theirs: { value: 'FILE', describe: 'the counterpart’s terms file' },
    out: { value: 'FILE', describe: 'where to write the draft (accord-draft.json)' },
  },
  examples: ['accord draft --relation fr-ma --theirs fr-ma-terms-ma.json --out accord-draft.json'],
  async run(input, { home }): Promise<Outcome> {
    const ours = await readOurs(home, input.relation());
    const theirs = readTerms(await readNamed(input.required('theirs')), 'terms');
    const out = input.optional('out') ?? 'accord-draft.json';
    const accord = draftOf(ours, theirs);
    await writePrivate(out, `${JSON.stringify(accord, undefined, 2)}\n`);
    return {
      text: `Draft in ${out}. Edit it, then: entente accord propose --relation ${ours.relation} --theirs … --accord ${out}`,
      json: { file: out, accord: accord as unknown as Json },
    };
  },
};

/** The defaults of this project over both parties' terms; the party that drafts stands first. @throws Refusal */
export function draftOf(ours: CheckedTerms, theirs: CheckedTerms): Accord {
  if (theirs.relation !== ours.relation) throw new Refusal('wrong-relation', { what: theirs.relation });
  if (theirs.terms.id === ours.terms.id) throw new Refusal('usage', { what: '--theirs: these are our own terms' });
  const accord = draftAccord({
    relation: ours.relation,
    parties: [ours.terms, theirs.terms],
    calendars: { [ours.terms.calendar]: ours.calendar, [theirs.terms.calendar]: theirs.calendar },
    officerKeys: ['passkey', 'key-file'],
  });
  writeAccord(accord);
  return accord;
}
