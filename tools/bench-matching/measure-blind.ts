import { type Identity, matchKeys, prepareIdentity, type Side } from '@entente/matching';
import { type Figure, figureOf } from './figure.ts';
import { findGenerator, invent } from './invented.ts';
import { type LabelledPair, readPairs } from './read-pairs.ts';

/** Elements of a query as the documents recommend them: what is beyond them is not asked. */
const elements = 32;
/** Invented persons who are looked for among others and are none of them. */
const strangers = 20_000;

/**
 * How many spellings of one person meet by their match keys, how many strangers do, and how many keys that takes.
 * @param stored how many invented persons a set is made of, among whom the strangers are looked for
 */
export async function measureBlind(
  folder: string,
  stored: number,
  say: (what: string) => void,
): Promise<readonly Figure[]> {
  const pairs = (await readPairs(folder, ['identity'], say)).get('identity') ?? [];
  const dated = pairs.filter(({ left, right }) => left.births !== undefined && right.births !== undefined);
  const generator = await findGenerator(folder);
  if (generator === undefined) say(`gen_synth.mjs is not in ${folder} nor beside it: no figures of strangers`);
  return [
    ...(dated.length === 0 ? [] : pairFigures(dated)),
    ...(generator === undefined ? [] : await strangerFigures(generator, stored)),
  ];
}

function pairFigures(pairs: readonly LabelledPair[]): readonly Figure[] {
  const same = pairs.filter((pair) => pair.same);
  const kind = (...kinds: readonly string[]): readonly LabelledPair[] =>
    same.filter((pair) => kinds.includes(pair.kind));
  const others = pairs.filter((pair) => !pair.same);
  const oneDay = others.filter(({ kind }) => /_(?:twin|dobcollide)$/.test(kind));
  return [
    share('blind.hit.same-date', kind('pos_same')),
    share('blind.hit.year', kind('pos_year')),
    share('blind.hit.new-year', kind('pos_jan1')),
    share('blind.hit.day-beside', kind('pos_day1')),
    share('blind.hit.swapped', kind('pos_dmswap')),
    share('blind.hit.dated', same),
    share('blind.false.pairs', others),
    share('blind.false.pairs-of-one-date', oneDay),
  ];
}

function share(name: string, pairs: readonly LabelledPair[]): Figure {
  const hits = pairs.filter(({ left, right }) => {
    const set = new Set(keysOf(left, 'published'));
    return keysOf(right, 'asked').some((key) => set.has(key));
  });
  return figureOf({ name, value: hits.length / pairs.length, unit: '', n: pairs.length }, 0);
}

/** Strangers stand in no set, so every hit is false: by what was known of their birth, and by whom they were taken for. */
async function strangerFigures(generator: string, stored: number): Promise<readonly Figure[]> {
  const asked = new Map<string, number[]>();
  const precise: boolean[] = [];
  const hit: boolean[] = [];
  let askedKeys = 0;
  let publishedKeys = 0;
  // The generator makes the same persons for the same number: those after `stored` are strangers to those before.
  for await (const persons of invent(generator, stored + strangers, { from: stored })) {
    for (const { identity } of persons) {
      const keys = keysOf(identity, 'asked');
      askedKeys += keys.length;
      for (const key of keys) asked.set(key, [...(asked.get(key) ?? []), precise.length]);
      precise.push(isDay(identity));
      hit.push(false);
    }
  }
  for await (const persons of invent(generator, stored)) {
    for (const { identity } of persons) {
      const keys = keysOf(identity, 'published');
      publishedKeys += keys.length;
      for (const key of keys) for (const stranger of asked.get(key) ?? []) hit[stranger] = true;
    }
  }
  const falseShare = (of: boolean): { readonly value: number; readonly n: number } => {
    const some = hit.filter((_, at) => precise[at] === of);
    return { value: some.filter(Boolean).length / some.length, n: some.length };
  };
  return [
    figureOf({ name: 'blind.false.asked-by-day', ...falseShare(true), unit: '' }, stored),
    figureOf({ name: 'blind.false.asked-by-year', ...falseShare(false), unit: '' }, stored),
    figureOf({ name: 'blind.keys.published', value: publishedKeys / stored, unit: 'keys', n: stored }, stored),
    figureOf({ name: 'blind.keys.asked', value: askedKeys / precise.length, unit: 'keys', n: precise.length }, stored),
  ];
}

function keysOf(identity: Identity, side: Side): readonly string[] {
  const keys = matchKeys(prepareIdentity(identity), side);
  return side === 'asked' ? keys.slice(0, elements) : keys;
}

/** A whole date that is not the 1 January of registers. */
function isDay({ births: [birth = ''] = [] }: Identity): boolean {
  return birth.length === 10 && !birth.endsWith('-01-01');
}
