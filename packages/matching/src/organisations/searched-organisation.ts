import type { Identity } from '../identity.ts';
import { readOrganisation } from './read-organisation.ts';

const MOST_NAMES = 12;

/**
 * An organisation as an index of identities is to hold it and be asked for it: names without legal form, beside them their
 * acronyms, no dates. `Atlas Négoce International SARL` is then also found as `ANI`, which shares no word with it.
 */
export function searchedOrganisation({ names, documents }: Identity): Identity {
  const read = names.slice(0, MOST_NAMES).flatMap((written) => {
    const name = readOrganisation(written);
    if (name === undefined) return [written];
    const long = name.words.length > 1 ? name.initials : [];
    return [name.words.map((word) => word.written).join(' '), ...long];
  });
  return { names: [...new Set(read)], ...(documents === undefined ? {} : { documents }) };
}
