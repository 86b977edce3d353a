import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const sources = new URL('..', import.meta.url);

/** Who may select what subjects say besides `read-subjects.ts`, and why none of them shows it to a person. */
const allowed: Readonly<Record<string, string>> = {
  'store/read-subjects.ts': 'the one way for people',
  'store/subjects.ts': 'gives the identities of watch lists to blind checks, which show nothing of them',
  'store/candidates.ts': 'what it is compared with',
  'store/due-subjects.ts': 'what is to be compared',
  'store/subject-rooms.ts': 'what the search structures are made of',
  'store/staged-lists.ts': 'brings a list in',
};

/** A statement that gives what a subject says or why two may be one. */
function givesContent(source: string): boolean {
  const statements = [...source.matchAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gs)].map(([text]) =>
    text.toLowerCase(),
  );
  return statements.some((text) => {
    if (!/\b(?:from|join|into|update)\s+(?:subject|match)\b/.test(text)) return false;
    const given = [...text.matchAll(/\bselect\b(.*?)\bfrom\b/gs), ...text.matchAll(/\breturning\b(.*)$/gs)];
    return given.some(([, columns]) =>
      /\b(?:identity|label|terms|details)\b(?! is )|(?:^|[\s.,])\*(?:$|[\s,])/.test(columns ?? ''),
    );
  });
}

test('no statement but those of the allow-list selects what a subject says', async () => {
  const names = (await readdir(sources, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !/\.(?:test|fixtures)\.ts$/.test(name),
  );
  assert.ok(names.length > 40, 'a checker that sees no file reports success for ever');
  const giving: string[] = [];
  for (const name of names) if (givesContent(await readFile(new URL(name, sources), 'utf8'))) giving.push(name);
  assert.ok(giving.includes('store/read-subjects.ts'));
  assert.deepEqual(
    giving.filter((name) => allowed[name] === undefined),
    [],
  );
});

test('the checker sees what a subject says selected in any of the usual ways', () => {
  for (const seeded of [
    "query('select identity from subject where act = $1')",
    '`select\n  * from subject`',
    '`select s.* from match join subject s on true`',
    '`update match set state = 1 returning terms`',
  ]) {
    assert.ok(givesContent(seeded), seeded);
  }
  for (const innocent of ["'select kind from subject'", "'select from subject where identity is not null'"]) {
    assert.ok(!givesContent(innocent), innocent);
  }
});
