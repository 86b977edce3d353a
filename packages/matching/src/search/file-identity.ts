import { readBirthDate } from '../dates/birth-date.ts';
import type { BirthDate } from '../dates/birth-date.ts';
import type { Identity } from '../identity.ts';
import { readName } from '../names/reading.ts';
import { MAX_NAMES } from './class-keys.ts';
import { writeDetails } from './details.ts';
import { writeRecord } from './record.ts';
import { SearchRefusal } from './search-refusal.ts';
import { writeText } from './text-bytes.ts';
import type { Vocabulary } from './vocabulary.ts';

/** UTF-8 bytes. */
const LONGEST_KEY = 200;
const MOST_BIRTHS = 12;

/** The bytes of a key; refuses an empty and an overlong one. */
export function readKey(key: string): Uint8Array {
  if (key === '') throw new SearchRefusal('key-empty');
  const bytes = key.length > LONGEST_KEY ? undefined : writeText(key);
  if (bytes === undefined || bytes.length > LONGEST_KEY) throw new SearchRefusal('key-too-long');
  return bytes;
}

/** Writes an identity as a record, its words numbered by the vocabulary. What of it cannot be read is left out; no name at all is refused. */
export function fileIdentity(key: Uint8Array, identity: Identity, vocabulary: Vocabulary): Uint8Array {
  if (identity.names.length > MAX_NAMES) throw new SearchRefusal('identity-too-large');
  const readings = identity.names.map((name) => readName(name));
  const details = writeDetails(identity);
  const named = readings.flatMap((reading) => (reading.kind === 'name' ? [reading.tokens] : []));
  if (named.length === 0) throw new SearchRefusal('identity-without-name');
  const names = named.map((tokens) => tokens.map((token) => vocabulary.wordOf(token)));
  return writeRecord({ key, births: readBirths(identity), names: withoutRepeats(names), details });
}

export function readBirths(identity: Identity): BirthDate[] {
  return (identity.births ?? []).slice(0, MOST_BIRTHS).flatMap((written) => {
    const reading = readBirthDate(written);
    return reading.kind === 'birth' ? [reading.birth] : [];
  });
}

function withoutRepeats(names: readonly (readonly number[])[]): readonly (readonly number[])[] {
  if (names.length < 2) return names;
  return [...new Map(names.map((words) => [words.join(' '), words])).values()];
}
