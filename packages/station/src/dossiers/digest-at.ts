import { changeDigest, dossierDigest, type DossierId, type RelationDigest } from '@entente/protocol';
import type { Queryable } from '../store/database.ts';
import { readWrittenDossiers } from '../store/dossiers.ts';
import type { FoldedMark, HeldChannels, Sizes } from '../store/folding.ts';
import { dossiersIn } from '../store/leaves.ts';
import { foldAt } from './fold-at.ts';
import type { Folding } from './folding.ts';
import { suspectDossiers } from './suspect-dossiers.ts';

const atOnce = 500;

/** The digest of a relation at a cut within the folded one: dossiers touched since are folded anew at that very cut. */
export async function digestAt(
  queryable: Queryable,
  folding: Folding,
  channels: HeldChannels,
  mark: FoldedMark,
  cut: Sizes,
): Promise<RelationDigest> {
  const { relation, crypto, suspects } = folding;
  const touched = await touchedSince(queryable, folding, channels, mark, cut);
  const suspected = await suspects.at(queryable, channels, cut);
  let digest = mark.digest;
  for (let at = 0; at < touched.length; at += atOnce) {
    const dossiers = touched.slice(at, at + atOnce);
    const now = await readWrittenDossiers(queryable, relation.number, dossiers);
    const then = await foldAt(queryable, folding, channels, cut, suspected, dossiers);
    for (const dossier of dossiers) {
      const before = now.get(dossier)?.digest;
      const bytes = then.get(dossier)?.bytes;
      digest = changeDigest(digest, dossier, {
        ...(before === undefined ? {} : { before }),
        ...(bytes === undefined ? {} : { after: dossierDigest(dossier, bytes, (input) => crypto.sha256(input)) }),
      });
    }
  }
  return digest;
}

async function touchedSince(
  queryable: Queryable,
  folding: Folding,
  channels: HeldChannels,
  { covered }: FoldedMark,
  cut: Sizes,
): Promise<readonly DossierId[]> {
  const { number } = folding.relation;
  const touched = [
    await dossiersIn(queryable, number, channels.own.channel, cut.own, covered.own),
    await dossiersIn(queryable, number, channels.theirs.channel, cut.theirs, covered.theirs),
    await suspectDossiers(queryable, folding, channels, cut, covered),
  ];
  return [...new Set(touched.flat())];
}
