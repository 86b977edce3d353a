import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { calibrationError } from '../tools/bench-matching/calibration.ts';
import { classifyAt, classifyAtRecall, classifyBest } from '../tools/bench-matching/classify.ts';
import { figureOf } from '../tools/bench-matching/figure.ts';
import { imperfectDate } from '../tools/bench-matching/imperfect-date.ts';
import { lookalikeFigures } from '../tools/bench-matching/pair-figures.ts';
import { expectedRank, meanReciprocalRank, recallAt } from '../tools/bench-matching/rank.ts';
import { readPairs } from '../tools/bench-matching/read-pairs.ts';
import { readSearches } from '../tools/bench-matching/read-searches.ts';
import { firstOf } from '../tools/bench-matching/rivals/jaro-winkler.ts';
import { groupsOf, recallFigures } from '../tools/bench-matching/recall.ts';

const hits = [
  { id: 'a', score: 9 },
  { id: 'b', score: 7 },
  { id: 'c', score: 7 },
  { id: 'd', score: 7 },
  { id: 'e', score: 1 },
];

test('the rank of one among equals is the middle of theirs', () => {
  assert.equal(expectedRank(hits, 'a'), 1);
  assert.equal(expectedRank(hits, 'c'), 3);
  assert.equal(expectedRank(hits, 'e'), 5);
  assert.equal(expectedRank(hits.slice(1, 3), 'b'), 1.5);
});

test('the order in which equals are given does not matter', () => {
  assert.equal(expectedRank(hits.toReversed(), 'b'), expectedRank(hits, 'b'));
});

test('one that is not proposed has no recall and no reciprocal rank', () => {
  const rank = expectedRank(hits, 'z');
  assert.equal(recallAt([rank], 50), 0);
  assert.equal(meanReciprocalRank([rank, 2]), 0.25);
});

test('recall within ten does not count one and a half places past the tenth', () => {
  assert.equal(recallAt([1, 10, 10.5, 40], 10), 0.5);
  assert.equal(recallAt([1, 10, 10.5, 40], 50), 1);
});

test('a rival that compares with everybody gives all who are as good as the last one it may give', () => {
  const stored = Array.from({ length: 200 }, (_, at) => ({ id: `${at}`, score: at < 20 ? 2 : at < 120 ? 1 : 0 }));
  assert.equal(firstOf(stored).length, 120);
});

const judged = [
  { score: 5, same: true },
  { score: 4, same: true },
  { score: 3, same: false },
  { score: 2, same: true },
  { score: 1, same: false },
];

test('a threshold takes what scores exactly as much', () => {
  const { precision, recall, f1 } = classifyAt(judged, 3);
  assert.deepEqual([precision, recall, f1], [2 / 3, 2 / 3, 2 / 3]);
});

test('the best threshold has the highest F1', () => {
  const { threshold, f1 } = classifyBest(judged);
  assert.deepEqual([threshold, f1], [2, 6 / 7]);
});

test('no threshold tells apart what scores the same', () => {
  const alike = judged.map(({ same }) => ({ score: 1, same }));
  assert.deepEqual(classifyBest(alike), { threshold: 1, precision: 3 / 5, recall: 1, f1: 3 / 4 });
});

test('precision at a recall is that of the best threshold that reaches it', () => {
  assert.equal(classifyAtRecall(judged, 0.6).precision, 1);
  assert.equal(classifyAtRecall(judged, 0.95).precision, 3 / 4);
});

test('nothing taken has no F1', () => {
  assert.equal(classifyAt(judged, 9).f1, 0);
  assert.equal(classifyBest([]).f1, 0);
});

test('a probability of .5 for what is so half of the time is calibrated', () => {
  const estimated = [true, false, true, false].map((same) => ({ probability: 0.5, same }));
  assert.equal(calibrationError(estimated, 2), 0);
});

test('the calibration error is the mean distance over bins of as many each', () => {
  const estimated = [
    { probability: 0, same: false },
    { probability: 0.2, same: false },
    { probability: 0.8, same: true },
    { probability: 0.6, same: false },
  ];
  // Means .1 and .7 of the bins, of which 0 and a half are so.
  assert.ok(Math.abs(calibrationError(estimated, 2) - (0.1 + 0.2) / 2) < 1e-12);
  assert.ok(Math.abs(calibrationError(estimated, 1) - Math.abs(1.6 - 1) / 4) < 1e-12);
});

test('the calibration error does not depend on the order of what is equally probable', () => {
  const estimated = [true, true, false, false, true, false].map((same) => ({ probability: 0.4, same }));
  assert.equal(calibrationError(estimated, 3), calibrationError(estimated.toReversed(), 3));
});

test('look-alikes told apart stand beside the positives that this loses', () => {
  const compared = [
    { score: 1, same: false, kind: 'neg_confusable', probability: 0 },
    { score: 4, same: false, kind: 'neg_confusable', probability: 0 },
    { score: 4, same: true, kind: 'pos_same', probability: 0 },
    { score: 2, same: true, kind: 'pos_cross', probability: 0 },
  ];
  const values = lookalikeFigures(compared, 3).map(({ name, value }) => [name, value]);
  assert.deepEqual(values, [
    ['lookalike', 0.5],
    ['lookalike.lost', 0.5],
    ['lookalike.auc', 0.625],
  ]);
});

const query = { wanted: 'a', name: { names: ['x'] }, dated: undefined };

test('cross is the other script, of the Arab countries and the Maghreb', () => {
  const counted = (direction: string, region: string): boolean =>
    groupsOf({ ...query, direction, region }).includes('cross');
  assert.ok(counted('Arab>Latn', 'maghreb') && counted('Latn>Arab', 'arab'));
  assert.ok(!counted('Latn>Arab', 'west') && !counted('Latn>Latn', 'maghreb'));
});

test('every group has its own recall and its own number of queries', () => {
  const figures = recallFigures(
    [
      { query: { ...query, direction: 'Arab>Latn', region: 'maghreb' }, rank: 1 },
      { query: { ...query, direction: 'Latn>Latn', region: 'west' }, rank: 20 },
    ],
    100_000,
    '',
  );
  const found = new Map(figures.map(({ name, value, n }) => [name, [value, n]]));
  assert.deepEqual(found.get('r10.all'), [0.5, 2]);
  assert.deepEqual(found.get('r10.cross'), [1, 1]);
  assert.deepEqual(found.get('r50.Latn>Latn'), [1, 1]);
  assert.deepEqual(found.get('mrr.west'), [0.05, 1]);
});

test('the target of a recall is that of as many stored names', () => {
  const measured = { name: 'r10.cross', value: 0.9, unit: '', n: 1 };
  assert.equal(figureOf(measured, 1_000_000).met, true);
  assert.equal(figureOf(measured, 100_000).met, false);
  assert.equal(figureOf(measured, 50_000).ratio, null);
});

test('an imperfect birth date is the same at each run, and one of those that are stored', () => {
  const stored = '1960-03-04|1975';
  const drawn = Array.from({ length: 200 }, (_, at) => imperfectDate(stored, `q${at}`));
  assert.deepEqual(
    drawn,
    drawn.map((_, at) => imperfectDate(stored, `q${at}`)),
  );
  const seen = /^(1960(-03(-04)?)?|1960-(01-01|04-03|03-0[35])|~19(5[89]|6[012])|1975|)$/;
  assert.deepEqual(
    drawn.filter((date) => !seen.test(date)),
    [],
  );
  assert.ok(new Set(drawn).size > 8);
});

test('a table whose row has too few cells is refused with its line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-bench-matching-'));
  try {
    await writeFile(
      join(folder, 'pairs.tsv'),
      'kind\tlabel\tname_a\tname_b\nneg_near\t0\tAli\tOmar\nneg_near\t0\tAli\n',
    );
    await assert.rejects(
      readPairs(folder, ['pairs'], () => {}),
      /pairs\.tsv:3: 3 cells under 4 columns/,
    );
    await writeFile(join(folder, 'pairs.tsv'), 'kind\tlabel\tname_a\nneg_near\t0\tAli\n');
    await assert.rejects(
      readPairs(folder, ['pairs'], () => {}),
      /no column name_b/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a query for somebody whom the index does not have is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-bench-matching-'));
  try {
    await writeFile(join(folder, 'index.tsv'), 'cluster_id\tname\tdob\nc1\tAli\t1970\n');
    const head = 'query_id\tcluster_id\tname\tdirection\tregion\n';
    await writeFile(join(folder, 'queries.tsv'), `${head}q1\tc1\tعلي\tArab>Latn\tarab\n`);
    const said: string[] = [];
    const { queries } = await readSearches(folder, (what) => said.push(what));
    assert.deepEqual(queries[0]?.dated, { names: ['علي'], births: ['1970'] });
    assert.match(said.join(), /distractors_real\.tsv is not there/);
    await writeFile(join(folder, 'queries.tsv'), `${head}q1\tc2\tعلي\tArab>Latn\tarab\n`);
    await assert.rejects(
      readSearches(folder, () => {}),
      /c2 is not in index\.tsv/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a folder without a table is measured without it, and that is said', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-bench-matching-'));
  try {
    const rows = ['1\tpos_cross\tعلي حسن\tAli Hassan', '0\tneg_given\tAli Hassan\tOmar Larbi'];
    await writeFile(join(folder, 'pairs.tsv'), `label\tkind\tname_a\tname_b\n${rows.join('\n')}\n`);
    const main = join(import.meta.dirname, '../tools/bench-matching/main.ts');
    const { stdout, stderr } = spawnSync(process.execPath, [main, '--data', folder, '--only', 'pairs,nk', '--json'], {
      encoding: 'utf8',
    });
    assert.match(stderr, /nk_cases\.tsv is not there: no nk figures/);
    const figures = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const { value: _, ...rest } = figures.find(({ name }) => name === 'pairs.f1') ?? {};
    assert.deepEqual(Object.keys(rest), ['name', 'unit', 'n', 'ratio', 'against', 'stored']);
    assert.equal(rest['n'], 2);
  } finally {
    await rm(folder, { recursive: true });
  }
});
