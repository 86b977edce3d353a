import { type Accord, canonicalJson, type Json, Refusal } from '@entente/protocol';

/**
 * Silent where an edited accord still names both parties as their own terms do: an editor that changed a key by accident
 * would make an accord that nobody can serve. @throws Refusal `accord-malformed`
 */
export function checkSameParties(edited: Accord, draft: Accord): void {
  if (edited.relation !== draft.relation)
    throw new Refusal('accord-malformed', { where: '$.relation', what: draft.relation });
  for (const party of draft.parties) {
    const found = edited.parties.find(({ id }) => id === party.id);
    if (found === undefined || text(found) !== text(party)) {
      throw new Refusal('accord-malformed', { where: `$.parties (${party.id})`, what: 'as in the terms file' });
    }
  }
}

function text(value: Accord['parties'][number]): string {
  return canonicalJson(value as unknown as Json);
}
