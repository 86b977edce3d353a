import { normalDocument } from '../documents/document-number.ts';
import type { Identity, IdentityDocument } from '../identity.ts';
import { hashText } from './mix-hash.ts';
import { SearchRefusal } from './search-refusal.ts';
import { readText, writeText } from './text-bytes.ts';

/** What of an identity is compared but not searched by its sound. */
export type Details = Pick<Identity, 'birthplaces' | 'documents' | 'sex'>;

/** UTF-8 bytes. */
const LARGEST = 8192;
const EMPTY = new Uint8Array();

/** As JSON; no bytes where nothing is said. */
export function writeDetails({ birthplaces = [], documents = [], sex }: Details): Uint8Array {
  if (birthplaces.length === 0 && documents.length === 0 && sex === undefined) return EMPTY;
  const bytes = writeText(JSON.stringify({ birthplaces, documents, ...(sex === undefined ? {} : { sex }) }));
  if (bytes.length > LARGEST) throw new SearchRefusal('identity-too-large');
  return bytes;
}

/** The inverse, for bytes that `writeDetails` wrote. */
export function readDetails(bytes: Uint8Array): Details {
  return bytes.length === 0 ? {} : (JSON.parse(readText(bytes)) as Details);
}

/** A number as filed: as a scanner may confuse it, and whatever it was called. */
export function documentKeys(documents: readonly IdentityDocument[] = []): readonly number[] {
  return documents
    .map((document) => normalDocument(document).confusable)
    .filter((number) => number !== '')
    .map(hashText);
}
