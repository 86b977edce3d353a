import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { EvidenceTerm } from '@entente/matching';
import { languages } from '@entente/protocol';
import { findingsWithWords, sayTerm } from './finding-words.ts';

const sources = new URL('../../../matching/src/', import.meta.url);

/** The findings that the sources of packages/matching name: its lists of them, and those written where a term is made. */
async function namedFindings(): Promise<ReadonlySet<string>> {
  const names = (await readdir(sources, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const found = new Set<string>();
  for (const name of names) {
    const source = await readFile(new URL(name, sources), 'utf8');
    const lists = [
      ...source.matchAll(/_FINDINGS = \[([^\]]*)\]/g),
      ...source.matchAll(/type \w+Finding = ((?:\s*\|?\s*'[a-z0-9-]+')+)/g),
    ];
    for (const [, list = ''] of lists)
      for (const [, finding = ''] of list.matchAll(/'([a-z0-9-]+)'/g)) found.add(finding);
    for (const [, finding = ''] of source.matchAll(/(?:\bfinding: |const SEX_\w+ = )'([a-z0-9-]+)'/g))
      found.add(finding);
  }
  return found;
}

test('every finding of a comparison has words in three languages, and no word is left over', async () => {
  const named = await namedFindings();
  assert.ok(named.size > 15, 'the findings were not found in the sources');
  const known = findingsWithWords();
  const spoken = new Set(known.map(({ finding }) => finding));
  assert.deepEqual(
    [...named].filter((finding) => !spoken.has(finding)),
    [],
  );
  assert.deepEqual(
    [...spoken].filter((finding) => !named.has(finding)),
    [],
  );
  for (const term of known) {
    for (const language of languages)
      assert.notEqual(sayTerm(term, language), term.finding, `${term.finding} in ${language}`);
    assert.match(sayTerm(term, 'ar'), /^[^\p{Script=Latin}]+$/u);
  }
});

test('what nobody has put in words is shown by its own name, so that no explanation has a hole', () => {
  const term = { about: 'name', finding: 'not-yet-said' } satisfies Pick<EvidenceTerm, 'about' | 'finding'>;
  assert.equal(sayTerm(term, 'fr'), 'not-yet-said');
});
