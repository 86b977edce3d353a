import { rm } from 'node:fs/promises';
import { approveByRoot, type DoubleSeed, keyIdOf, publicKeysOf, writeApproval, writeEnvelope } from '@entente/wire';
import { acceptNotice } from '../custody/accept-notice.ts';
import { type NoticeTaken, writeNotice } from '../custody/read-notice.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { tellRelease } from '../exchange/wake.ts';
import { type RelationStatement, writeRelationAct } from '../release/write-relation-act.ts';
import { writePrivate } from './home.ts';

/** Writes one of the root's acts as a notice that is valid by any road (PROTOCOL §4.2). @param root comes from offline for this */
export function writeRootNotice(
  parts: Pick<Parts, 'crypto'>,
  relation: Relation,
  root: DoubleSeed,
  statement: RelationStatement,
): Uint8Array {
  const { crypto } = parts;
  const { id, head, body } = writeRelationAct(parts, relation, statement, { function: 'root', pseudonym: 'root' });
  const approval = writeApproval(approveByRoot(crypto, [id], root));
  const key = keyIdOf(crypto, { kind: 'root', root: publicKeysOf(crypto, root) });
  return writeNotice({
    envelope: writeEnvelope(head, [{ key, approval: crypto.sha256Hex(approval) }]),
    approval,
    body,
  });
}

/**
 * Writes our root's notice to a file to hand over, then applies it here. A running station is told, and brings it by the
 * roads it has.
 * @throws Refusal as `acceptNotice`; the file is then gone again
 */
export async function giveNotice(
  parts: Parts,
  relation: Relation,
  notice: Uint8Array,
  file: string,
): Promise<NoticeTaken> {
  await writePrivate(file, notice);
  try {
    const taken = await acceptNotice(parts, relation, notice);
    await tellRelease(parts.database, relation.number);
    return taken;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** What is left to do with a notice of ours. */
export function handOverText({ name, counterpart }: Relation, file: string): string {
  return `Hand ${file} to ${counterpart} by any road; it holds nothing secret: entente notice accept --relation ${name} ${file}. A running station sends it too, by link or dead drop, and carry out takes it along.`;
}
