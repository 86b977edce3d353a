import { canonicalJson, type Json, type JsonObject } from '@entente/protocol';
import type { Identity } from '@entente/matching';
import type { SaidIdentity, SaidSubject } from '@entente/tracks';
import type { Crypto } from '@entente/wire';
import type { ComparableSubject } from '../store/subjects.ts';
import { numberKeys } from './number-key.ts';

const longestLabel = 200;

/** A subject as it is kept for comparing: numbers in their one spelling, and the hash of all that is compared. */
export function comparableSubject(
  crypto: Crypto,
  said: Omit<SaidSubject, 'place'>,
): Omit<ComparableSubject, 'details'> | undefined {
  const identity = said.identity && identityOf(said.identity);
  const keys = [...new Set(said.numbers.flatMap(numberKeys))].map(storable).toSorted();
  if (identity === undefined && keys.length === 0) return undefined;
  const kind = storable(said.kind);
  const compared = canonicalJson({ kind, identity: (identity ?? null) as Json, keys } satisfies JsonObject);
  const hash = crypto.sha256Hex(new TextEncoder().encode(compared));
  return { kind, label: storable(said.label).slice(0, longestLabel).toWellFormed(), identity, keys, hash };
}

function identityOf({ names, births, birthplaces, documents, sex }: SaidIdentity): Identity {
  return {
    names: names.map(storable),
    ...(births.length === 0 ? {} : { births }),
    ...(birthplaces.length === 0 ? {} : { birthplaces: birthplaces.map(storable) }),
    ...(documents.length === 0
      ? {}
      : {
          documents: documents.map(({ kind, number, issuer }) => ({
            kind: storable(kind),
            number: storable(number),
            ...(issuer === undefined ? {} : { issuer: storable(issuer) }),
          })),
        }),
    ...(sex === undefined ? {} : { sex }),
  };
}

/** PostgreSQL keeps no U+0000 and no lone surrogate as text; JSON from outside may hold both. */
function storable(text: string): string {
  return text.replaceAll('\u0000', ' ').toWellFormed();
}
