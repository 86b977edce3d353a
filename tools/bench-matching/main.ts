import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { machine } from '../bench/machine.ts';
import { lineOf, objectOf, type Figure } from './figure.ts';
import { measureBlind } from './measure-blind.ts';
import { measureIndex } from './measure-index.ts';
import { measurePairs } from './measure-pairs.ts';
import { measureFilled, measureScorer, measureSearcher } from './measure-rivals.ts';
import { pairColumns, rivalFigures, type RivalMeasures, rivalTable, searchColumns } from './rival-table.ts';
import { openRivals } from './rivals/open-rivals.ts';
import { populate, type Population } from './population.ts';
import { pairTables, readPairs } from './read-pairs.ts';
import { type Query, readSearches } from './read-searches.ts';
import type { Searcher } from './searcher.ts';
import { shuffled } from './seeded.ts';

/** The product's index after it was measured, for its rivals to be set beside. */
interface Searched {
  readonly searcher: Searcher;
  readonly population: Population;
  readonly queries: readonly Query[];
}

const parts = ['recall', ...pairTables, 'blind'];

const usage = `npm run bench:matching -- --data DIR [--n N] [--only PARTS] [--peers] [--quick] [--json]
  Measures @entente/matching with the data folder DIR, laid out as its README says.
  --n N          how many identities are stored: 100000 without it, 1000000, 10000000
  --only PARTS   of ${parts.join(', ')}, with commas; all without it
  --sample N     so many of the queries, drawn by chance that is always the same
  --peers        pg_trgm, daitch_mokotoff, Jaro–Winkler, Double Metaphone, nomenklatura and splink beside it
  --quick        30,000 identities and 1,000 queries, within 60 s
  --json         one object a line: name, value, unit, n, ratio, against, stored`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    n: { type: 'string' },
    only: { type: 'string', default: parts.join(',') },
    sample: { type: 'string' },
    peers: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const only = values.only.split(',');
const stored = Number(values.n ?? (values.quick ? 30_000 : 100_000));
const sample = Number(values.sample ?? (values.quick ? 1000 : Number.MAX_SAFE_INTEGER));
const faults = [
  ...(values.data === undefined ? ['--data DIR is missing'] : []),
  ...only.filter((part) => !parts.includes(part)).map((part) => `no part ${part}`),
  ...(Number.isSafeInteger(stored) && stored > 0 ? [] : ['--n is a number']),
  ...(Number.isSafeInteger(sample) && sample > 0 ? [] : ['--sample is a number']),
];
if (values.help || values.data === undefined || faults.length > 0) {
  console.log(values.help ? usage : [...faults, usage].join('\n'));
  process.exitCode = values.help ? 0 : 2;
} else await measure(values.data);

async function measure(folder: string): Promise<void> {
  if (!values.json) console.log(machine(`load ${loadavg()[0]?.toFixed(1)}`));
  const pairs = await readPairs(
    folder,
    pairTables.filter((table) => only.includes(table)),
    say,
  );
  // Memory is measured first, before anything else took any.
  const searched = only.includes('recall') ? await measureRecall(folder) : undefined;
  const ofPairs = measurePairs(pairs);
  show(ofPairs);
  if (only.includes('blind')) show(await measureBlind(folder, stored, say));
  if (!values.peers) return;
  const rivals = await openRivals();
  const interrupted = (): void => void rivals.close().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupted);
  try {
    for (const one of rivals.absent) say(`absent: ${one}`);
    const ours = { name: 'entente', values: new Map(ofPairs.map((figure) => [figure.name, figure])) };
    showRivals(pairColumns, ours, await inTurn(rivals.scorers, (scorer) => measureScorer(scorer, pairs)), 0);
    if (searched === undefined) return;
    const { searcher, population, queries } = searched;
    const asked = shuffled(queries, 'sample').slice(0, values.quick ? 100 : 500);
    const found = await measureFilled(searcher, asked);
    const others = await inTurn(rivals.searchers, (open) => measureSearcher(open(), population, asked));
    showRivals(searchColumns, found, others, population.size);
  } finally {
    await rivals.close();
  }
}

async function measureRecall(folder: string): Promise<Searched> {
  const searches = await readSearches(folder, say);
  const population = await populate(folder, searches, stored, say);
  const queries = shuffled(searches.queries, 'sample').slice(0, sample);
  const { searcher, figures } = await measureIndex(population, queries, say);
  show(figures);
  return { searcher, population, queries };
}

/** Never two at once: they are timed. */
async function inTurn<Rival>(
  rivals: readonly Rival[],
  measureOne: (rival: Rival) => Promise<RivalMeasures>,
): Promise<readonly RivalMeasures[]> {
  const measures: RivalMeasures[] = [];
  for (const rival of rivals) measures.push(await measureOne(rival));
  return measures;
}

function showRivals(
  columns: readonly string[],
  ours: RivalMeasures,
  rivals: readonly RivalMeasures[],
  stored: number,
): void {
  if (values.json) for (const figure of rivalFigures(ours, rivals, stored)) console.log(objectOf(figure));
  else console.log(`\n${rivalTable(columns, ours, rivals)}`);
}

function show(figures: readonly Figure[]): void {
  for (const figure of figures) {
    console.log(values.json ? objectOf(figure) : lineOf(figure));
    if (figure.met === false) process.exitCode = 1;
  }
}

function say(what: string): void {
  console.error(what);
}
