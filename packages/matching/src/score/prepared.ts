import type { Identity } from '../identity.ts';
import { readBirthDate } from '../dates/birth-date.ts';
import type { BirthDate, BirthRefusal } from '../dates/birth-date.ts';
import { normalDocument } from '../documents/document-number.ts';
import type { NormalDocument } from '../documents/document-number.ts';
import type { NameNote } from '../names/clean.ts';
import { readName } from '../names/reading.ts';
import type { NameRefusal } from '../names/reading.ts';
import type { RarityOf } from '../spelling/rarity.ts';
import { prepareName } from './prepared-name.ts';
import type { PreparedName } from './prepared-name.ts';

/** An identity read once, ready for many comparisons. Holds what was written, so that findings can be shown. */
export type PreparedIdentity = {
  readonly names: readonly PreparedName[];
  readonly births: readonly { readonly written: string; readonly birth: BirthDate }[];
  readonly birthplaces: readonly PreparedName[];
  readonly documents: readonly NormalDocument[];
  readonly sex: 'female' | 'male' | undefined;
  /** What could not be read or was put right: none of it stops the comparison of the rest. */
  readonly remarks: readonly Remark[];
};

export type Remark =
  | { readonly about: 'name' | 'birthplace'; readonly written: string; readonly reason: NameRefusal | NameNote }
  | { readonly about: 'birth'; readonly written: string; readonly reason: BirthRefusal | 'hijri' | 'cut' }
  | { readonly about: 'document'; readonly written: string; readonly reason: 'empty-number' | 'cut' };

/** At most this many of each list are compared; the rest is noted as cut. */
const MOST = 12;

/**
 * Reads every part of an identity; never throws. `rarityOf` replaces the learned rarity of names by the counts of an
 * index, so that what is rare there weighs as rare.
 */
export function prepareIdentity(identity: Identity, rarityOf?: RarityOf): PreparedIdentity {
  const remarks: Remark[] = [];
  const names = readNames('name', identity.names, remarks, rarityOf);
  const birthplaces = readNames('birthplace', identity.birthplaces ?? [], remarks, rarityOf);
  const [beyondBirth, beyondDocument] = [identity.births?.[MOST], identity.documents?.[MOST]];
  if (beyondBirth !== undefined) remarks.push({ about: 'birth', written: beyondBirth, reason: 'cut' });
  if (beyondDocument !== undefined) remarks.push({ about: 'document', written: beyondDocument.number, reason: 'cut' });
  const births = (identity.births ?? []).slice(0, MOST).flatMap((written) => {
    const reading = readBirthDate(written);
    if (reading.kind === 'refused') remarks.push({ about: 'birth', written, reason: reading.reason });
    else if (reading.hijri) remarks.push({ about: 'birth', written, reason: 'hijri' });
    return reading.kind === 'refused' ? [] : [{ written, birth: reading.birth }];
  });
  const documents = (identity.documents ?? []).slice(0, MOST).flatMap((document) => {
    const normal = normalDocument(document);
    if (normal.digits === '') remarks.push({ about: 'document', written: document.number, reason: 'empty-number' });
    return normal.digits === '' ? [] : [normal];
  });
  return { names, births, birthplaces, documents, sex: identity.sex, remarks };
}

function readNames(
  about: 'name' | 'birthplace',
  written: readonly string[],
  remarks: Remark[],
  rarityOf: RarityOf | undefined,
): PreparedName[] {
  const prepared: PreparedName[] = [];
  if (written.length > MOST) remarks.push({ about, written: written[MOST] ?? '', reason: 'cut' });
  for (const name of written.slice(0, MOST)) {
    const reading = readName(name);
    for (const reason of reading.notes) remarks.push({ about, written: name, reason });
    if (reading.kind === 'refused') remarks.push({ about, written: name, reason: reading.reason });
    else prepared.push(prepareName(name, reading.tokens, rarityOf));
  }
  return prepared;
}
