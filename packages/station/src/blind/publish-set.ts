import { type Identity, pageLength, writeTable } from '@entente/matching';
import { type ActId, type Attachment, Refusal } from '@entente/protocol';
import { storeAttachment } from '../custody/attachments/store-attachment.ts';
import type { Relation } from '../custody/relation.ts';
import { tellRelease } from '../exchange/wake.ts';
import { writeStationActs } from '../release/station-acts.ts';
import { insertBlindSet } from '../store/blind.ts';
import { transact } from '../store/database.ts';
import { writeHouseLog } from '../store/house-log.ts';
import { putIntoOutbox } from '../store/outbox.ts';
import { agreedTerms, refreshRegisters } from './agreed-terms.ts';
import type { BlindStation } from './blind-station.ts';
import { evaluateSet } from './evaluate-set.ts';
import { tableRoot } from './table-file.ts';

/** A set as it was published. `tags` is what the house alone knows: the counterpart sees the class, in pages. */
export interface PublishedSet {
  readonly act: ActId;
  readonly tags: number;
  readonly pages: number;
}

const mostTable = 1024 ** 3;

/**
 * Evaluates identities under the key in force, pads the tags to their class and hands the table to the counterpart, sealed,
 * as the one file of a `relation/blind-set` act. It replaces the set before.
 * @throws Refusal `blind-unknown` where the accord lets us answer nothing for the purpose; `keystore-missing`
 */
export async function publishSet(
  station: BlindStation,
  relation: Relation,
  purpose: string,
  identities: AsyncIterable<Identity>,
): Promise<PublishedSet> {
  const { parts, custody, keystore } = station;
  const { crypto, clock } = parts;
  await refreshRegisters(parts, relation);
  const agreed = agreedTerms(relation, relation.own, purpose);
  if (agreed === undefined) throw new Refusal('blind-unknown', { where: purpose });
  const secret = await keystore.readBlind(relation.name, purpose, agreed.epoch);
  const tags = await evaluateSet(secret, identities);
  const table = writeTable(tags, (length) => crypto.randomBytes(length));
  const file = await storeAttachment(custody, relation.number, relation.sealTo(), piecesOf(table), mostTable);
  const attachment: Attachment = { name: 'blind-set', mediaType: 'application/octet-stream', ...file };
  const described = { purpose, epoch: agreed.epoch, key: agreed.key };
  const counted = { pages: table.length / pageLength, root: tableRoot(crypto, table) };
  return transact(parts.database, async (transaction) => {
    const { key, ...named } = described;
    const inputs = { ...named, blindKey: key.toBase64(), pages: counted.pages, root: counted.root.toHex() };
    const statement = { type: 'relation/blind-set', inputs, attachments: [attachment] };
    const acts = await writeStationActs(parts, relation, transaction, [statement]);
    const act = Buffer.from(acts[0]?.act ?? []).toString('hex') as ActId;
    const made = clock.now();
    await insertBlindSet(transaction, relation.number, true, {
      act,
      ...described,
      ...counted,
      sealedSha256: file.sealedSha256,
      made,
    });
    await putIntoOutbox(transaction, relation.number, acts);
    const what = { relation: relation.name, did: 'blind-set-published', purpose, act, tags: tags.length };
    await writeHouseLog(transaction, crypto, { kind: 'blind', time: made, what });
    await tellRelease(transaction, relation.number);
    return { act, tags: tags.length, pages: counted.pages };
  });
}

async function* piecesOf(table: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const step = 1 << 20;
  for (let at = 0; at < table.length; at += step) yield table.subarray(at, at + step);
}
