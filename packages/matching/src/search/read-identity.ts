import type { Identity } from '../identity.ts';
import { prepareIdentity } from '../score/prepared.ts';
import type { PreparedIdentity } from '../score/prepared.ts';
import { nameOfTokens } from '../score/prepared-name.ts';
import type { PreparedName, PreparedToken } from '../score/prepared-name.ts';
import { readDetails } from './details.ts';
import type { KnownForms } from './known-forms.ts';
import { writeBirth } from './packed-birth.ts';
import type { RecordReader } from './record.ts';

const words = new Uint32Array(256);
const NO_DETAILS = prepareIdentity({ names: [] });

/** The opened record as an identity ready to be compared; its names are in folded letters, the way the index keeps them. */
export function readIdentity(record: RecordReader, known: KnownForms): PreparedIdentity {
  const births = record.births().map((birth) => ({ written: writeBirth(birth), birth }));
  const names: PreparedName[] = [];
  for (let left = record.nameCount(); left > 0; left--) names.push(readName(record, known));
  if (!record.hasDetails) return { ...NO_DETAILS, names, births };
  const details: Identity = { names: [], ...readDetails(record.details()) };
  return { ...prepareIdentity(details, known.rarityOf), names, births };
}

function readName(record: RecordReader, known: KnownForms): PreparedName {
  const count = record.readWords(words);
  const tokens: PreparedToken[] = [];
  for (let at = 0; at < count; at++) tokens.push(known.tokenOfWord(words[at] ?? 0));
  return nameOfTokens(tokens.map((token) => token.key).join(' '), tokens);
}
