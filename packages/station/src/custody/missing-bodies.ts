import type { ActId, DossierId } from '@entente/protocol';
import { erasedActs } from '../dossiers/erased-acts.ts';
import { foldAt } from '../dossiers/fold-at.ts';
import { openFolding } from '../dossiers/folding.ts';
import { readAct } from '../exchange/weigh-entry.ts';
import type { Channel } from '../store/channels.ts';
import type { Queryable } from '../store/database.ts';
import { type Bodiless, bodilessEntries } from '../store/entries.ts';
import { readHeldChannels } from '../store/folding.ts';
import type { Parts, Relation } from './relation.ts';

/**
 * Acts of ours that came back without the body their head names, though nothing said that either side erased it: the
 * counterpart kept it to itself, or lost it. To be read once all of both channels is here again.
 */
export async function missingBodies(
  { crypto }: Pick<Parts, 'crypto'>,
  relation: Relation,
  queryable: Queryable,
  own: Channel,
): Promise<readonly ActId[]> {
  const missing: ActId[] = [];
  for await (const piece of bodilessEntries(queryable, own)) {
    const lacking = piece.filter(({ envelope }) => readAct(crypto, envelope, undefined).head?.body !== undefined);
    const erased = await erasedIn(crypto, relation, queryable, lacking);
    for (const { act } of lacking) if (!erased.has(act)) missing.push(act);
  }
  return missing;
}

async function erasedIn(
  crypto: Parts['crypto'],
  relation: Relation,
  queryable: Queryable,
  entries: readonly Bodiless[],
): Promise<ReadonlySet<ActId>> {
  const dossiers = [...new Set(entries.map(({ dossier }): DossierId => dossier))];
  if (dossiers.length === 0) return new Set();
  const channels = await readHeldChannels(queryable, relation.number);
  const cut = { own: channels.own.size, theirs: channels.theirs.size };
  const folded = await foldAt(queryable, openFolding(crypto, relation), channels, cut, [], dossiers);
  return new Set(
    [...folded.values()].flatMap(({ state }) => relation.parties.flatMap((party) => erasedActs(state, party))),
  );
}
