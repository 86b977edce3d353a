// <INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>…</FIRST_NAME><INDIVIDUAL_ALIAS><ALIAS_NAME>…</ALIAS_NAME></INDIVIDUAL_ALIAS>…
import type { JsonObject } from '@entente/protocol';
import type { SaidSubject } from '@entente/tracks';
import { readBirth } from './read-birth.ts';
import { refusedRow, rowLimits, type RowRead } from './row-read.ts';
import { type Element, elementsOf, textIn, textsIn } from './xml-elements.ts';

/**
 * Reads the consolidated list of the UN Security Council: INDIVIDUAL and ENTITY, each with its aliases, dates and places
 * of birth and documents. What else the file holds is passed over with its element.
 * @throws Refusal `list-malformed` for what is no well-formed XML, or brings a document type of its own
 */
export async function* readUn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<RowRead> {
  for await (const { line, element, tooLong } of elementsOf(bytes, ['INDIVIDUAL', 'ENTITY'])) {
    yield tooLong
      ? refusedRow(line, 'row-too-long', `more than ${rowLimits.bytes} characters`)
      : readElement(line, element);
  }
}

function readElement(line: number, element: Element): RowRead {
  const isPerson = element.name === 'INDIVIDUAL';
  const id = textIn(element, 'DATAID');
  if (id === undefined) return refusedRow(line, 'id-missing', 'DATAID');
  const births = element.children.filter(({ name }) => name === 'INDIVIDUAL_DATE_OF_BIRTH').flatMap(birthOf);
  const names = namesOf(element, isPerson ? 'INDIVIDUAL_ALIAS' : 'ENTITY_ALIAS');
  const [label] = names;
  if (label === undefined) return refusedRow(line, 'nothing-to-compare', 'no name');
  const documents = element.children.filter(({ name }) => name === 'INDIVIDUAL_DOCUMENT').flatMap(documentOf);
  const sex = textIn(element, 'GENDER')?.toLowerCase();
  const identity = {
    names,
    births: births.filter((birth) => birth !== undefined).slice(0, 10),
    birthplaces: element.children
      .filter(({ name }) => name === 'INDIVIDUAL_PLACE_OF_BIRTH')
      .flatMap(placeOf)
      .slice(0, rowLimits.values),
    documents,
    sex: sex === 'male' || sex === 'female' ? sex : undefined,
  } as const;
  const said: Omit<SaidSubject, 'place'> = {
    kind: isPerson ? 'person' : 'organisation',
    label,
    identity,
    numbers: documents.map(({ number }) => ({ kind: 'document', number })),
  };
  const remarks = births.includes(undefined)
    ? [{ reason: 'date-unread' as const, what: 'INDIVIDUAL_DATE_OF_BIRTH' }]
    : [];
  return { kind: 'entry', line, entry: id.slice(0, rowLimits.text), said, details: detailsOf(element), remarks };
}

function namesOf(element: Element, alias: string): readonly string[] {
  const parts = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'].flatMap(
    (part) => textIn(element, part) ?? [],
  );
  const aliases = element.children
    .filter(({ name }) => name === alias)
    // An alias of low quality is a first name or a war name alone: it would agree with strangers.
    .filter((one) => textIn(one, 'QUALITY')?.toLowerCase() !== 'low')
    .flatMap((one) => (textIn(one, 'ALIAS_NAME') ?? '').split(';'))
    .map((name) => name.trim());
  const original = textsIn(element, 'NAME_ORIGINAL_SCRIPT');
  return [...new Set([parts.join(' '), ...original, ...aliases])]
    .filter((name) => name !== '')
    .slice(0, rowLimits.names);
}

/** EXACT, APPROXIMATELY or BETWEEN; an empty element says nothing, which is no fault. */
function birthOf(birth: Element): readonly (string | undefined)[] {
  const from = textIn(birth, 'FROM_YEAR');
  const to = textIn(birth, 'TO_YEAR');
  if (from !== undefined && to !== undefined) return [readBirth(`${from}/${to}`)];
  const date = textIn(birth, 'DATE') ?? textIn(birth, 'YEAR');
  if (date === undefined) return [];
  const isAbout = /^approx/i.test(textIn(birth, 'TYPE_OF_DATE') ?? '');
  return [readBirth(isAbout ? `~${date}` : date)];
}

function placeOf(place: Element): readonly string[] {
  const town = textIn(place, 'CITY') ?? textIn(place, 'STATE_PROVINCE');
  return town === undefined ? [] : [town];
}

function documentOf(document: Element): SaidDocuments {
  const number = textIn(document, 'NUMBER');
  if (number === undefined) return [];
  const issuer = textIn(document, 'ISSUING_COUNTRY') ?? textIn(document, 'COUNTRY_OF_ISSUE');
  const kind = /passport/i.test(textIn(document, 'TYPE_OF_DOCUMENT') ?? '') ? 'passport' : 'other';
  return [{ kind, number, ...(issuer === undefined ? {} : { issuer }) }];
}

type SaidDocuments = NonNullable<SaidSubject['identity']>['documents'];

function detailsOf(element: Element): JsonObject {
  const kept = ['UN_LIST_TYPE', 'REFERENCE_NUMBER', 'LISTED_ON', 'COMMENTS1'].flatMap((name) => {
    const text = textIn(element, name);
    return text === undefined ? [] : [[name, text.slice(0, rowLimits.details)] as const];
  });
  const nationalities = element.children
    .filter(({ name }) => name === 'NATIONALITY')
    .flatMap((one) => textsIn(one, 'VALUE'));
  return Object.fromEntries([
    ...kept,
    ...(nationalities.length === 0 ? [] : [['NATIONALITY', nationalities.join('; ')] as const]),
  ]);
}
