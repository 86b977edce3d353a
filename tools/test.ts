import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const usage = `npm test [-- [--name PATTERN]… [PATH…]]
  Runs every *.test.ts under packages/ and tests/, or those at or under the given paths.
  --name PATTERN   only tests whose title matches
  for example: npm test -- packages/c2sp    npm test -- --name 'lane' packages/protocol tests`;

const root = join(import.meta.dirname, '..');
const pure = ['c2sp', 'matching', 'protocol', 'tracks', 'wire', 'contract'].map(
  (name) => join(root, 'packages', name) + sep,
);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { name: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
});

if (values.help === true) console.log(usage);
else runTests(chosen(positionals), values.name ?? []);

function chosen(paths: readonly string[]): readonly string[] {
  const all = globSync(['packages/*/src/**/*.test.ts', 'tests/**/*.test.ts'], { cwd: root }).map((file) =>
    join(root, file),
  );
  const wanted = paths.map((path) => resolve(path));
  return all
    .filter((file) => wanted.length === 0 || wanted.some((path) => file === path || file.startsWith(path + sep)))
    .sort();
}

/** One run, so that its last lines are the test runner's own summary of everything. */
function runTests(files: readonly string[], names: readonly string[]): void {
  if (files.length === 0) throw new Error(`no test file found there.\n${usage}`);
  const together = files.filter((file) => pure.some((folder) => file.startsWith(folder)));
  const apart = files.filter((file) => !together.includes(file));
  process.env['ENTENTE_TESTS_TOGETHER'] = together.join('\n');
  console.log(`${files.length} test files`);
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  run({
    signal: stopped.signal,
    files: together.length > 0 ? [join(import.meta.dirname, 'tests-together.ts'), ...apart] : apart,
    concurrency: Math.min(4, Math.max(2, availableParallelism())),
    timeout: 15 * 60_000,
    ...(names.length > 0 ? { testNamePatterns: [...names] } : {}),
  })
    .on('test:summary', ({ success }) => {
      if (!success) process.exitCode = 1;
    })
    .compose(spec)
    .pipe(process.stdout);
}
