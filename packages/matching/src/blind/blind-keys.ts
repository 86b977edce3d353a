import type { Identity } from '../identity.ts';
import type { Side } from '../keys/key-words.ts';
import { matchKeys } from '../keys/match-keys.ts';
import { prepareIdentity } from '../score/prepared.ts';

/** The keys by which two spellings of one person meet in a blind check; none where name or birth date do not suffice. */
export function blindKeys(identity: Identity, side: Side): readonly string[] {
  return matchKeys(prepareIdentity(identity), side);
}
