import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { breaches } from './architecture/breaches.ts';
import { scan } from './architecture/scan.ts';

const root = join(import.meta.dirname, '..');

test('the repository keeps its own laws', () => {
  const sources = new Map(['packages', 'tests', 'tools'].flatMap(sourcesUnder));
  assert.deepEqual(breaches(sources), []);
});

const innocent: Readonly<Record<string, string>> = Object.fromEntries(
  ['c2sp', 'matching', 'protocol', 'tracks', 'wire', 'contract', 'station'].map((name) => [
    `packages/${name}/src/index.ts`,
    'export const door = 1;\n',
  ]),
);

test('a tree without a breach is reported clean', () => {
  assert.deepEqual(breaches(new Map(Object.entries(innocent))), []);
});

test('a checker that sees no file says so instead of reporting success', () => {
  assert.equal(breaches(new Map()).length, Object.keys(innocent).length);
});

type Seed = { readonly law: string; readonly files: Readonly<Record<string, string>>; readonly says: RegExp };

const station = 'packages/station/src';
const seeds: readonly Seed[] = [
  {
    law: 'a package imports only the packages its law names',
    files: { 'packages/c2sp/src/a.ts': "import type { Act } from '@entente/protocol';\n" },
    says: /c2sp may not import @entente\/protocol/,
  },
  {
    law: 'nothing passes by the door of a package',
    files: { 'packages/wire/src/a.ts': "import { a } from '@entente/protocol/src/act.ts';\n" },
    says: /past the door of @entente\/protocol/,
  },
  {
    law: 'no import climbs out of its package',
    files: { 'packages/wire/src/a.ts': "import { a } from '../../protocol/src/act.ts';\n" },
    says: /climbs out of wire/,
  },
  {
    law: 'a relative import names the file with its ending',
    files: { 'packages/wire/src/a.ts': "import { a } from './act';\n" },
    says: /without its ending/,
  },
  {
    law: 'a pure package takes no library but those of its law',
    files: { 'packages/protocol/src/a.ts': "import { sha256 } from '@noble/hashes/sha2.js';\n" },
    says: /protocol may not import @noble\/hashes/,
  },
  {
    law: 'a pure package takes nothing of Node.js, not even late',
    files: { 'packages/tracks/src/a.ts': "export const late = () => import('node:fs');\n" },
    says: /tracks is pure and may not import node:fs/,
  },
  ...(
    [
      ['Date.now', 'Date.now()'],
      ['new Date()', 'new Date()'],
      ['Date()', 'Date()'],
      ['Temporal.Now', 'Temporal.Now.instant()'],
      ['Math.random', 'Math.random()'],
      ['crypto global', 'crypto.getRandomValues(bytes)'],
      ['Node.js or DOM global', "process.cwd() + ''"],
      ['timer', 'setTimeout(() => 1, 2)'],
      ['eval', "eval('1')"],
    ] as const
  ).map(([name, code]) => ({
    law: `a pure package is handed time, chance and the machine (${name})`,
    files: { 'packages/contract/src/a.ts': `export const a = () => \`now: \${${code}}\`;\n` },
    says: new RegExp(`contract is pure and may not use ${name.replace(/[.()]/g, '\\$&')}`),
  })),
  {
    law: 'only main reads the environment',
    files: { [`${station}/http/a.ts`]: 'export const url = process.env.DATABASE_URL;\n' },
    says: /reads the environment/,
  },
  {
    law: 'an import of env is reading the environment too',
    files: { [`${station}/store/a.ts`]: "import { env } from 'node:process';\nexport const url = env;\n" },
    says: /reads the environment/,
  },
  {
    law: 'edges never import each other',
    files: { [`${station}/http/a.ts`]: "import { b } from '../cli/b.ts';\n" },
    says: /edges never import each other/,
  },
  {
    law: 'a verb knows no edge',
    files: { [`${station}/release/a.ts`]: "import { b } from '../http/b.ts';\n" },
    says: /knows no edge/,
  },
  {
    law: 'the store knows no verb',
    files: { [`${station}/store/a.ts`]: "import { b } from '../release/b.ts';\n" },
    says: /know no verb/,
  },
  {
    law: 'an adapter knows no edge',
    files: { [`${station}/adapters/a.ts`]: "import { b } from '../timers/b.ts';\n" },
    says: /knows no edge/,
  },
  {
    law: 'nothing imports main',
    files: { [`${station}/cli/a.ts`]: "import { b } from '../main.ts';\n" },
    says: /nothing imports main/,
  },
  {
    law: 'files do not import each other in a ring',
    files: {
      'packages/protocol/src/a.ts': "import type { B } from './b.ts';\n",
      'packages/protocol/src/b.ts': "export { c } from './c.ts';\n",
      'packages/protocol/src/c.ts': "import './a.ts';\n",
    },
    says: /imports itself through .*b\.ts → .*c\.ts → .*a\.ts/,
  },
  {
    law: 'a file stays short',
    files: { 'packages/protocol/src/a.ts': 'export const a = 1;\n'.repeat(401) },
    says: /401 lines/,
  },
  {
    law: 'names are kebab-case',
    files: { 'packages/protocol/src/actReader.ts': 'export const a = 1;\n' },
    says: /kebab-case/,
  },
  {
    law: 'an index.ts stands at a door only',
    files: { 'packages/protocol/src/act/index.ts': 'export const a = 1;\n' },
    says: /nowhere else/,
  },
  {
    law: 'a door is written out',
    files: { 'packages/protocol/src/a.ts': "export * from './index.ts';\n" },
    says: /never export \*/,
  },
  {
    law: 'a ninth package needs a law',
    files: { 'packages/extra/src/index.ts': 'export const a = 1;\n' },
    says: /package extra has no law/,
  },
  {
    law: 'a test file holds a test',
    files: { 'packages/protocol/src/a.test.ts': "// test('later', () => {})\n" },
    says: /holds no test/,
  },
  {
    law: 'no test is left to run alone',
    files: { 'packages/protocol/src/a.test.ts': "test.only('a sentence', () => {});\n" },
    says: /test\.only/,
  },
];

for (const { law, files, says } of seeds)
  test(`${law}: a breach is seen`, () => {
    const found = breaches(new Map(Object.entries({ ...innocent, ...files })));
    assert.equal(found.filter((breach) => says.test(breach)).length, 1, found.join('\n'));
  });

test('a file excused for its length is reported once it is short', () => {
  const excused = { 'packages/protocol/src/index.ts': 'a table' };
  assert.match(breaches(new Map(Object.entries(innocent)), excused).join(), /listed as a long file/);
});

test('words in comments, strings and regular expressions are no breach', () => {
  const quiet = [
    '// Date.now() is forbidden here, so is process.env',
    "/* import x from 'node:fs' */",
    "export const says = 'Math.random() and \\' new Date()';",
    'export const pattern = /[/"\'`] Date.now\\(\\)/;',
    'export const half = `eval(1) ${says.length / 2} setTimeout(`;',
    'export const then = (ms: number): Date => new Date(ms);',
    '',
  ].join('\n');
  assert.deepEqual(breaches(new Map(Object.entries({ ...innocent, 'packages/protocol/src/a.ts': quiet }))), []);
});

test('every way of writing an import is read', () => {
  const source = [
    "import a from 'one';",
    "import type { B } from 'two';",
    "import {\n  c,\n  d,\n} from 'three';",
    "export { e } from 'four';",
    "export * as f from 'five';",
    "import 'six';",
    "const g = await import('seven');",
    "type H = import('eight').H;",
  ].join('\n');
  assert.deepEqual(scan(source).imports, ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']);
});

function sourcesUnder(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|cjs)$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    });
}
