import {
  type ActId,
  changeDigest,
  type DossierId,
  type Instant,
  isActId,
  type RelationDigest,
  relationDossier,
} from '@entente/protocol';
import type { Parts } from '../custody/relation.ts';
import { readAct } from '../exchange/weigh-entry.ts';
import { readToldSteps } from '../store/clock-steps.ts';
import { type Transaction, transact } from '../store/database.ts';
import {
  type DossierEntry,
  readWrittenDossiers,
  removeDossiers,
  type WrittenDossier,
  writeDossiers,
} from '../store/dossiers.ts';
import { keepExpressReceipt } from '../store/entry-times.ts';
import { type HeldChannels, lockFoldedMark, moveFoldedMark, readHeldChannels } from '../store/folding.ts';
import { eraseSubjects } from '../store/subjects.ts';
import { readEnvelopesAt, runningDossiers } from '../store/leaves.ts';
import { type ActPlace, readActTimes } from './act-times.ts';
import { eraseActs } from './erase-act.ts';
import { erasedActs, speaksOfErasure } from './erased-acts.ts';
import { type FoldedDossier, foldAt } from './fold-at.ts';
import type { Folding } from './folding.ts';
import { judgeBodies } from './judge-bodies.ts';
import { lateAct } from './late-act.ts';
import { mostLeaves, nextPiece, type Piece, type Side } from './next-piece.ts';
import { rowOf } from './row-of.ts';
import { settleTimes } from './settle-times.ts';
import { suspectDossiers } from './suspect-dossiers.ts';
import { timeDossiers } from './time-dossiers.ts';
import { actsOf } from './read-clocks.ts';
import { isOpen, type ReadingsByStart } from './read-run.ts';

/** What one folding came to. `busy`: another process is folding this relation. */
export type Folded =
  /** `isFull`: as many leaves as are read at once; more may wait. */
  | { readonly kind: 'folded'; readonly entries: number; readonly dossiers: number; readonly isFull: boolean }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'busy' };

/**
 * Folds the dossiers that the next piece of both channels touches, and moves the folded mark to the cut that ends it, all
 * in one transaction: a process that is killed has folded a whole piece or none of it.
 */
export async function foldDossiers(parts: Parts, folding: Folding): Promise<Folded> {
  const { relation } = folding;
  return transact(parts.database, async (transaction) => {
    const mark = await lockFoldedMark(transaction, relation.number);
    if (mark === undefined) return { kind: 'busy' };
    const channels = await readHeldChannels(transaction, relation.number);
    const piece = await nextPiece(transaction, relation, channels, mark.covered);
    if (piece === undefined) return { kind: 'nothing' };
    const disputed = await settleTimes(transaction, relation.number, channels, piece);
    const theirDigest = await takeRemarks(transaction, folding, channels, piece);
    const touched = await touchedDossiers(transaction, folding, channels, piece, disputed);
    const received = await receivedDossiers(transaction, relation.number, channels, piece, touched);
    const at = Math.max(parts.clock.now(), channels.own.lastTime, channels.theirs.lastTime) as Instant;
    const digest = await foldTouched(transaction, parts, folding, channels, piece, mark.digest, at, touched);
    await timeDossiers(transaction, folding, channels, piece.to, at, received);
    await judgeBodies(transaction, parts, folding, channels, piece);
    await moveFoldedMark(transaction, relation.number, piece.to, digest, theirDigest);
    const entries = piece.own.leaves.length + piece.theirs.leaves.length;
    return { kind: 'folded', entries, dossiers: touched.size, isFull: entries >= mostLeaves };
  });
}

/** Folds until nothing is left. Returns how many entries were covered. */
export async function foldAll(parts: Parts, folding: Folding): Promise<number> {
  let entries = 0;
  for (;;) {
    const folded = await foldDossiers(parts, folding);
    if (folded.kind !== 'folded') return entries;
    entries += folded.entries;
  }
}

/** Dossiers with new acts, or with acts whose time has become disputed or that have just become suspect. */
async function touchedDossiers(
  transaction: Transaction,
  folding: Folding,
  channels: HeldChannels,
  { from, to, own, theirs }: Piece,
  disputed: readonly DossierId[],
): Promise<ReadonlySet<DossierId>> {
  const touched = new Set(disputed);
  for (const { dossier } of own.leaves) touched.add(dossier);
  for (const { dossier } of theirs.leaves) touched.add(dossier);
  for (const dossier of await suspectDossiers(transaction, folding, channels, from, to)) touched.add(dossier);
  touched.delete(relationDossier);
  return touched;
}

/** Other dossiers with a running clock of which acts were just received: their clocks start, stop or end by it. */
async function receivedDossiers(
  transaction: Transaction,
  relation: number,
  channels: HeldChannels,
  { own, theirs }: Piece,
  touched: ReadonlySet<DossierId>,
): Promise<readonly DossierId[]> {
  const received = [
    await runningDossiers(transaction, relation, channels.own.channel, theirs.sawBefore, theirs.sawAfter),
    await runningDossiers(transaction, relation, channels.theirs.channel, own.sawBefore, own.sawAfter),
  ];
  return [...new Set(received.flat())].filter((dossier) => !touched.has(dossier));
}

async function foldTouched(
  transaction: Transaction,
  parts: Parts,
  folding: Folding,
  channels: HeldChannels,
  piece: Piece,
  before: RelationDigest,
  at: Instant,
  dossiers: ReadonlySet<DossierId>,
): Promise<RelationDigest> {
  if (dossiers.size === 0) return before;
  const { to } = piece;
  const touched = [...dossiers];
  const { relation, suspects, crypto } = folding;
  const suspected = await suspects.at(transaction, channels, to);
  const folded = await foldAt(transaction, folding, channels, piece.from, suspected, touched, entriesOf(piece));
  const written = await readWrittenDossiers(transaction, relation.number, touched);
  const times = await readActTimes(transaction, relation.number, channels, to, [...folded.values()].flatMap(timedActs));
  const told = await readToldSteps(
    transaction,
    relation.number,
    touched.filter((dossier) => written.has(dossier)),
  );
  const readings: ReadingsByStart = new Map();
  let digest = before;
  const rows = [...folded].map(([dossier, one]) => {
    const known = written.get(dossier);
    const late = known && (lateAct(one, known.covered, suspected) ?? known.late);
    const row = rowOf(crypto, relation, dossier, one, { times, readings, told: told.get(dossier), at }, late);
    digest = changeDigest(digest, dossier, { ...digestBefore(known), after: row.digest });
    return row;
  });
  const gone = [...written.keys()].filter((dossier) => !folded.has(dossier));
  for (const dossier of gone) digest = changeDigest(digest, dossier, digestBefore(written.get(dossier)));
  await writeDossiers(transaction, relation.number, to, rows);
  await removeDossiers(transaction, relation.number, gone);
  const erased = [...folded]
    .filter(([, { state }]) => speaksOfErasure(state))
    .map(([dossier, { state }]) => ({ dossier, acts: erasedActs(state, relation.own) }));
  // Of all dossiers before the first of them is stated in the house log: its row is locked later than theirs.
  if (erased.length > 0)
    await eraseSubjects(
      transaction,
      relation.number,
      erased.flatMap(({ acts }) => acts),
    );
  for (const { dossier, acts } of erased)
    await eraseActs(transaction, crypto, relation, dossier, acts, parts.clock.now());
  return digest;
}

/** The entries of a piece that belong to dossiers: they were read with it. */
function entriesOf({ own, theirs }: Piece): readonly DossierEntry[] {
  const entriesOfSide = ({ leaves }: Side, isOwn: boolean): readonly DossierEntry[] =>
    leaves.filter(({ dossier }) => dossier !== relationDossier).map((leaf) => ({ ...leaf, own: isOwn }));
  return [...entriesOfSide(own, true), ...entriesOfSide(theirs, false)];
}

function digestBefore(known: WrittenDossier | undefined): { readonly before?: Uint8Array } {
  return known === undefined ? {} : { before: known.digest };
}

/** The acts whose times a dossier is written with: those of its open clocks, and the first and the last. */
function timedActs({ state, acts }: FoldedDossier): readonly ActPlace[] {
  const wanted = new Set<ActId>(state.clocks.filter(isOpen).flatMap(actsOf));
  return acts
    .filter(({ id }, at) => at === 0 || at === acts.length - 1 || wanted.has(id))
    .map(({ id, own, position }) => ({ id, own, index: position.index }));
}

/** Takes in what stations say by themselves: express receipts, and where the newest digest of theirs stands. */
async function takeRemarks(
  transaction: Transaction,
  { crypto, relation }: Folding,
  channels: HeldChannels,
  { own, theirs }: Piece,
): Promise<number | undefined> {
  let digest: number | undefined;
  for (const [side, channel] of [
    [own, channels.own],
    [theirs, channels.theirs],
  ] as const) {
    const remarks = side.leaves.filter(({ remark }) => remark).map(({ index }) => index);
    for (const { index, envelope } of await readEnvelopesAt(transaction, relation.number, channel.channel, remarks)) {
      const { head } = readAct(crypto, envelope, undefined);
      if (head?.type === 'relation/digest' && side === theirs) digest = index;
      const { act } = head?.inputs ?? {};
      if (head?.type === 'relation/express-receipt' && isActId(act))
        await keepExpressReceipt(transaction, relation.number, act, channel.channel, index);
    }
  }
  return digest;
}
