import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const sources = new URL('..', import.meta.url);

/** Who may touch bodies besides `read-content.ts`, and why none of them shows one to a person. */
const allowed: Readonly<Record<string, string>> = {
  'store/read-content.ts': 'the one way for people',
  'store/entries.ts': 'carries entries to the counterpart, sealed',
  'store/awaited-bodies.ts': 'puts a body that came later to its entry',
  'store/outbox.ts': 'moves waiting acts into the channel',
  'custody/export-evidence.ts': 'proves entries; a body is handed in by whoever read it with a logged purpose',
  'custody/make-evidence.ts': 'the same',
  'store/dossiers.ts': 'reads heads for the fold; its outer statement leaves bodies behind',
  'store/register-entries.ts': 'proposals of accords: no person is in them',
  'release/release-orphan.ts': 'puts an act that an epoch left behind back into the outbox',
  'store/notices.ts': 'acts on the relation itself that are without effect: no person is in them',
  'custody/authority.ts': 'reads the accords that proposals carry: no person is in them',
};

const edges = ['http/', 'cli/', 'timers/'];
// What hands over entries with their bodies.
const carriers = /\b(?:readEntries|entryOf|nextFromOutbox|openParcel|openSealedParcel)\b/;

async function station(): Promise<readonly { readonly path: string; readonly source: string }[]> {
  const names = await readdir(sources, { recursive: true });
  const paths = names.filter((name) => name.endsWith('.ts') && !/\.(?:test|fixtures)\.ts$/.test(name));
  return Promise.all(paths.map(async (path) => ({ path, source: await readFile(new URL(path, sources), 'utf8') })));
}

/** A statement that gives bodies: it names the column, or everything of a table that has it. */
function selectsBodies(source: string): boolean {
  const statements = [...source.matchAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gs)].map(([text]) =>
    text.toLowerCase(),
  );
  return statements.some((text) => /\b(?:entry|express|outbox)\b/.test(text) && given(text).some(isBody));
}

/** What stands between `select` and `from`, or after `returning`. */
function given(statement: string): readonly string[] {
  const selected = [...statement.matchAll(/\bselect\b(.*?)\bfrom\b/gs)];
  const returned = [...statement.matchAll(/\breturning\b(.*)$/gs)];
  return [...selected, ...returned].map(([, columns]) => columns ?? '');
}

function isBody(columns: string): boolean {
  return /\bbody\b(?! is )/.test(columns) || /(?:^|[\s.,])\*(?:$|[\s,])/.test(columns);
}

test('no statement but those of the allow-list selects bodies', async () => {
  const files = await station();
  assert.ok(files.length > 40, 'a checker that sees no file reports success for ever');
  const selecting = files.filter(({ source }) => selectsBodies(source)).map(({ path }) => path);
  assert.ok(selecting.includes('store/read-content.ts'));
  assert.deepEqual(
    selecting.filter((path) => allowed[path] === undefined),
    [],
  );
});

/** A statement that gives what stands in a draft, and not only what it is of. */
function selectsDrafts(source: string): boolean {
  const statements = [...source.matchAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gs)].map(([text]) =>
    text.toLowerCase(),
  );
  return statements.some(
    (text) =>
      /\b(?:from|into|update|join) draft\b/.test(text) && given(text).some((columns) => isContent.test(columns)),
  );
}

const isContent = /\bcontent\b(?!->>)|(?:^|[\s.,])\*(?:$|[\s,])|\$\{/;

test('no statement gives what stands in a draft but the one that logs it, and what was just written', async () => {
  const selecting = (await station()).filter(({ source }) => selectsDrafts(source)).map(({ path }) => path);
  assert.deepEqual(selecting.toSorted(), ['store/drafts.ts', 'store/read-content.ts']);
  assert.ok(selectsDrafts("query('select * from draft')"), 'the checker sees a seeded one');
  assert.ok(!selectsDrafts("query('select draft, officer from draft')"));
});

test('the API, the command line and the timers never carry entries with their bodies', async () => {
  for (const { path, source } of await station()) {
    if (edges.some((edge) => path.startsWith(edge))) {
      assert.ok(!carriers.test(source), `${path}: goes past the read log; see discloseEntries and readBareEntries`);
    }
  }
});

test('the checker sees a body selected in any of the usual ways', () => {
  for (const seeded of [
    "query('select body from entry where act = $1')",
    '`select\n  * from entry`',
    '`select e.* from entry e`',
    "'select body from express where act = $1'",
    '`delete from outbox returning act, body`',
  ]) {
    assert.ok(selectsBodies(`await database.${seeded}`), seeded);
  }
  for (const innocent of [
    "'select act from entry'",
    "'select body is not null from entry'",
    '`update entry set body = null returning act`',
  ]) {
    assert.ok(!selectsBodies(`query(${innocent})`), innocent);
  }
});
