import { isSha256Hex, Refusal, type RelationId, type Sha256Hex } from '@entente/protocol';
import { type AccordFile, verifyAccord } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { type Home, readIfThere, writePrivate } from './home.ts';
import { readWrittenObject } from './json-file.ts';
import { type CheckedTerms, readTerms, writeTerms } from './terms-file.ts';

/** The signed papers of a relation in the home folder, verified as they are read. */
export interface RelationPaperFiles {
  readonly ours: CheckedTerms;
  readonly theirs: CheckedTerms;
  readonly roots: readonly [Sha256Hex, Sha256Hex];
  readonly accord: AccordFile;
  readonly accordBytes: Uint8Array;
}

/** @throws Refusal `relation-unknown` where we have not made our terms yet */
export async function readOurs(home: Home, relation: RelationId): Promise<CheckedTerms> {
  const bytes = await readIfThere(home.path('relations', relation, 'ours.json'));
  if (bytes === undefined)
    throw new Refusal('relation-unknown', { what: `${relation}: run entente relation invite first` });
  return readTerms(bytes, 'ours.json');
}

/** Keeps the counterpart's terms, once its root's fingerprint was compared by voice. */
export async function keepTheirs(home: Home, ours: CheckedTerms, theirs: CheckedTerms): Promise<void> {
  const folder = home.path('relations', ours.relation);
  await writePrivate(`${folder}/theirs.json`, writeTerms(theirs));
  await writePrivate(`${folder}/roots.json`, `{"ours":"${ours.root}","theirs":"${theirs.root}"}\n`);
}

/**
 * Verifies an accord signed by both and keeps it: four signatures, both keysets as it names them.
 * @throws Refusal `accord-…`, `key-unknown`, `signature-invalid`, `keyset-malformed`
 */
export async function installAccord(home: Home, relation: RelationId, bytes: Uint8Array): Promise<AccordFile> {
  const accord = verifyPapers(
    await readOurs(home, relation),
    await readTheirs(home, relation),
    await readRoots(home, relation),
    bytes,
  );
  await writePrivate(home.path('relations', relation, 'accord.json'), bytes);
  return accord;
}

/** Undefined where no accord is installed yet. @throws Refusal where a paper does not hold */
export async function readPaperFiles(home: Home, relation: RelationId): Promise<RelationPaperFiles | undefined> {
  const accordBytes = await readIfThere(home.path('relations', relation, 'accord.json'));
  if (accordBytes === undefined) return undefined;
  const [ours, theirs] = [await readOurs(home, relation), await readTheirs(home, relation)];
  const roots = await readRoots(home, relation);
  return { ours, theirs, roots, accord: verifyPapers(ours, theirs, roots, accordBytes), accordBytes };
}

function verifyPapers(
  ours: CheckedTerms,
  theirs: CheckedTerms,
  roots: readonly [Sha256Hex, Sha256Hex],
  bytes: Uint8Array,
): AccordFile {
  const file = verifyAccord(nodeCrypto, bytes, roots);
  if (file.accord.relation !== ours.relation) throw new Refusal('wrong-relation', { what: file.accord.relation });
  for (const { terms, present } of [ours, theirs]) {
    const named = file.accord.parties.find(({ id }) => id === terms.id);
    if (named?.keyset !== present.id || named.spareKeyset !== terms.spareKeyset) {
      throw new Refusal('keyset-malformed', { where: terms.id, what: 'not the keyset that the accord names' });
    }
  }
  return file;
}

async function readTheirs(home: Home, relation: RelationId): Promise<CheckedTerms> {
  const bytes = await readIfThere(home.path('relations', relation, 'theirs.json'));
  if (bytes === undefined)
    throw new Refusal('usage', { what: 'no terms of the counterpart yet: entente accord propose or sign' });
  return readTerms(bytes, 'theirs.json');
}

async function readRoots(home: Home, relation: RelationId): Promise<readonly [Sha256Hex, Sha256Hex]> {
  const bytes = await readIfThere(home.path('relations', relation, 'roots.json'));
  const { ours, theirs } = readWrittenObject(bytes ?? new Uint8Array(), 'roots.json');
  if (!isSha256Hex(ours) || !isSha256Hex(theirs)) throw new Refusal('key-malformed', { where: 'roots.json' });
  return [ours, theirs];
}
