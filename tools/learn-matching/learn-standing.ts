import { writeFileSync } from 'node:fs';
import { findGenerator } from '../bench-matching/invented.ts';
import { readSearches, type Query } from '../bench-matching/read-searches.ts';
import { align } from '../../packages/matching/src/score/alignment.ts';
import { FEATURES, fillFeatures, NAME_FEATURES } from '../../packages/matching/src/score/name-features.ts';
import { prepareIdentity } from '../../packages/matching/src/score/prepared.ts';
import { FormAgreements } from '../../packages/matching/src/search/form-agreements.ts';
import { gatherCandidates } from '../../packages/matching/src/search/gather-candidates.ts';
import type { Held, HeldIdentities } from '../../packages/matching/src/search/held-identities.ts';
import { KnownForms } from '../../packages/matching/src/search/known-forms.ts';
import { NameLookup } from '../../packages/matching/src/search/name-lookup.ts';
import { readIdentity } from '../../packages/matching/src/search/read-identity.ts';
import { RecordReader } from '../../packages/matching/src/search/record.ts';
import { readText } from '../../packages/matching/src/search/text-bytes.ts';
import { holdCrowd } from './crowd.ts';
import { FOLDS, foldOfText } from './folds.ts';
import { learnChoice, rankOf, type Choice } from './choice.ts';
import type { UnseenEvidence } from './learn-scores.ts';

const INVENTED = 300_000;
/** Met by a search; more than are weighed, so that who comes just behind them is learned from too. */
const MET = 160;
/** Evidence, first judgement and one stand behind the features. */
const BLOCK = FEATURES + 3;
/** The same again where the two names are in different scripts: what it tells more there. */
const WIDTH = 2 * BLOCK;
/** These tell how the crowd was invented, and not who is meant; whether scripts differ is told by the second block. */
const OF_THE_CROWD: ReadonlySet<string> = new Set(['scripts', 'links']);
const USED = Array.from({ length: WIDTH }, (_, at) => at).filter(
  (at) => at !== BLOCK - 1 && !OF_THE_CROWD.has(NAME_FEATURES[at % BLOCK] ?? ''),
);
const SCRIPTS = NAME_FEATURES.indexOf('scripts');
/** Whoever asks in another script than what is stored has nothing but this search to go by. */
const WEIGHT_ACROSS = 2;

/**
 * Learns whom to answer first: of all whom a search by name meets, which features set apart the one who is meant. Prints
 * how often that one is among the first, for persons that were not learned from.
 */
export async function learnStanding(folder: string, unseenEvidence: UnseenEvidence, target: string): Promise<void> {
  const searches = await readSearches(folder, console.log);
  const generator = await findGenerator(folder);
  if (generator === undefined) throw new Error(`${folder}: no gen_synth.mjs in it or beside it`);
  const held = await holdCrowd(searches, generator, INVENTED);
  const choices = choicesOf(held, searches.queries, unseenEvidence);
  report(choices);
  writeStanding(learnChoice(choices, USED), target);
}

type ChoiceOfFold = Choice & { readonly fold: number };

function choicesOf(held: HeldIdentities, queries: readonly Query[], unseenEvidence: UnseenEvidence): ChoiceOfFold[] {
  const known = new KnownForms(held.vocabulary);
  const lookup = new NameLookup(held.vocabulary, known);
  const agreements = new FormAgreements(held.vocabulary, known);
  return queries.map(({ name, wanted, direction }) => {
    const judged = gatherCandidates(held, lookup.nameQueries(name), [], known, agreements, MET);
    const query = prepareIdentity(name, known.rarityOf).names[0];
    const features = new Float32Array(judged.length * WIDTH);
    let chosen = -1;
    judged.forEach((candidate, at) => {
      const { key, name: found } = readHeld(candidate, known);
      if (query === undefined || found === undefined) return;
      const [left, right] = query.written > found.written ? [found, query] : [query, found];
      const x = fillFeatures(left, right, align(left, right));
      const block = [...x, unseenEvidence(query.written, x), candidate.nameJudgement, 1];
      features.set(block, at * WIDTH);
      if (x[SCRIPTS] === 1) features.set(block, at * WIDTH + BLOCK);
      if (key === wanted) chosen = at;
    });
    const [asked, stored] = direction.split('>');
    const weight = asked === stored ? 1 : WEIGHT_ACROSS;
    return { fold: foldOfText(wanted), features, width: WIDTH, count: judged.length, chosen, weight };
  });
}

function readHeld({ records, offset }: Held, known: KnownForms): { key: string; name: ReturnType<typeof first> } {
  const record = new RecordReader(records);
  record.open(offset);
  const key = readText(record.key());
  return { key, name: first(readIdentity(record, known)) };
}

const first = ({ names }: ReturnType<typeof readIdentity>): (typeof names)[number] | undefined => names[0];

function report(choices: readonly ChoiceOfFold[]): void {
  const ranks = Array.from({ length: FOLDS }, (_, fold) => {
    const slopes = learnChoice(
      choices.filter((choice) => choice.fold !== fold),
      USED,
    );
    return choices.filter((choice) => choice.fold === fold).map((choice) => rankOf(choice, slopes));
  }).flat();
  const within = (most: number): string => (ranks.filter((rank) => rank <= most).length / ranks.length).toFixed(4);
  const met = choices.filter(({ chosen }) => chosen >= 0).length / choices.length;
  console.log(`standing met ${met.toFixed(4)} first ${within(1)} among ten ${within(10)}`);
}

function writeStanding(slopes: Float64Array, target: string): void {
  const within = slopes.subarray(0, BLOCK);
  const across = within.map((slope, at) => slope + (slopes[BLOCK + at] ?? 0));
  writeFileSync(
    target,
    [
      '// Written by tools/learn-matching: what sets apart the one who is meant, in nats; see search/name-standing.ts.',
      'export type StandingSlopes = {',
      '  readonly always: number;',
      '  readonly evidence: number;',
      '  readonly judgement: number;',
      '  /** By NAME_FEATURES. */',
      '  readonly features: readonly number[];',
      '};',
      `export const STANDING_WITHIN: StandingSlopes = ${saidOf(within)};`,
      `export const STANDING_ACROSS: StandingSlopes = ${saidOf(across)};`,
      '',
    ].join('\n'),
  );
}

function saidOf(slopes: Float64Array): string {
  const said = (at: number): string => (slopes[at] ?? 0).toFixed(4);
  const features = NAME_FEATURES.map((name, at) => `    ${said(at)}, // ${name}`);
  return [
    '{',
    `  always: ${said(FEATURES + 2)},`,
    `  evidence: ${said(FEATURES)},`,
    `  judgement: ${said(FEATURES + 1)},`,
    '  features: [',
    ...features,
    '  ],',
    '}',
  ].join('\n');
}
