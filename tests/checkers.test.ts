import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';

const root = join(import.meta.dirname, '..');

/** What each checker must report, by the name of its rule, in a tree that holds one breach of each. */
const seeds: Readonly<Record<string, { readonly file: string; readonly source: string }>> = {
  'no-floating-promises': {
    file: 'packages/station/src/floating.ts',
    source: 'export function start(run: () => Promise<void>): void {\n  run();\n}\n',
  },
  'switch-exhaustiveness-check': {
    file: 'packages/protocol/src/switch.ts',
    source:
      "export function f(lane: 'open' | 'suspended'): number {\n  switch (lane) {\n    case 'open':\n      return 1;\n  }\n  return 2;\n}\n",
  },
  'no-explicit-any': { file: 'packages/wire/src/any.ts', source: 'export const a = (b: any): unknown => b;\n' },
  'no-non-null-assertion': {
    file: 'packages/wire/src/bang.ts',
    source: 'export const first = (list: readonly string[]): string => list[0]!;\n',
  },
  'no-cycle': {
    file: 'packages/protocol/src/ring-a.ts',
    source: "import { b } from './ring-b.ts';\nexport const a = (): number => b();\n",
  },
  'no-restricted-properties': {
    file: 'packages/c2sp/src/now.ts',
    source: 'export const now = (): number => Date.now();\n',
  },
  'no-restricted-globals': {
    file: 'packages/contract/src/global.ts',
    source: 'export const where = (): unknown => process;\n',
  },
  'no-default-export': { file: 'packages/tracks/src/default.ts', source: 'export default 1;\n' },
};

const tree = mkdtempSync(join(tmpdir(), 'entente-checkers-'));
after(() => rmSync(tree, { recursive: true }));
for (const file of ['.oxlintrc.json', '.oxfmtrc.json', 'tsconfig.base.json', 'package.json'])
  cpSync(join(root, file), join(tree, file));
symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
plant(
  'tsconfig.json',
  '{ "extends": "./tsconfig.base.json", "compilerOptions": { "rootDir": "." }, "include": ["packages"] }\n',
);
plant('packages/protocol/src/ring-b.ts', "import { a } from './ring-a.ts';\nexport const b = (): number => a();\n");
for (const { file, source } of Object.values(seeds)) plant(file, source);

const said = run('oxlint/bin/oxlint', '--type-aware', '--format=unix');

for (const [rule, { file }] of Object.entries(seeds))
  test(`the linter sees a breach of ${rule}`, () => {
    const lines = said.split('\n').filter((line) => line.startsWith(`${file}:`));
    assert.ok(
      lines.some((line) => line.endsWith(`(${rule})]`)),
      `${file}: ${lines.join('\n')}`,
    );
  });

test('the type checker sees an inexact optional and an unchecked index', () => {
  plant(
    'packages/wire/src/inexact.ts',
    'export const a: { b?: number } = { b: undefined };\nexport const c: string = ["d"][0];\n',
  );
  const faults = run(
    'typescript/bin/tsc',
    '--noEmit',
    '--composite',
    'false',
    '--emitDeclarationOnly',
    'false',
    '-p',
    '.',
  );
  assert.match(faults, /inexact\.ts\(1,\d+\): error TS2375/);
  assert.match(faults, /inexact\.ts\(2,\d+\): error TS2322/);
});

test('the formatter sees a file out of form', () => {
  plant('packages/wire/src/form.ts', 'export const a = "b"\n');
  assert.match(run('oxfmt/bin/oxfmt', '--check', '.'), /form\.ts/);
});

function plant(path: string, source: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), source);
}

function run(tool: string, ...args: readonly string[]): string {
  const done = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: tree,
    encoding: 'utf8',
  });
  assert.equal(done.status, 1, done.stdout + done.stderr);
  return done.stdout + done.stderr;
}
