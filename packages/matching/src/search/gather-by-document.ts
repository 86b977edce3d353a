import type { IdentityDocument } from '../identity.ts';
import { documentKeys, readDetails } from './details.ts';
import type { Judged } from './best-judged.ts';
import type { HeldIdentities } from './held-identities.ts';
import { bucketOf } from './postings.ts';
import { RecordReader } from './record.ts';

/** Whoever bears one of the numbers, before any name is looked at. */
export function gatherByDocument(held: HeldIdentities, documents: readonly IdentityDocument[] = []): Judged[] {
  const wanted = documentKeys(documents.slice(0, MOST_DOCUMENTS));
  if (wanted.length === 0) return [];
  const found: Judged[] = [];
  const take = (records: Uint8Array, offsets: Iterable<number>): void => {
    const record = new RecordReader(records);
    for (const offset of offsets) {
      record.open(offset);
      if (record.removed || !record.hasDetails) continue;
      const borne = documentKeys(readDetails(record.skip()).documents);
      if (wanted.some((key) => borne.includes(key)))
        found.push({ records, offset, judgement: Number.POSITIVE_INFINITY, nameJudgement: 0 });
    }
  };
  for (const segment of held.segments) {
    for (const key of wanted) {
      const { rows, starts } = segment.documents;
      const bucket = bucketOf(segment.documents, key);
      const from = starts[bucket] ?? 0;
      const borne = rows.subarray(from, Math.min(starts[bucket + 1] ?? 0, from + MOST_BEARERS));
      take(
        segment.records,
        Array.from(borne, (row) => segment.rowRecords[row] ?? 0),
      );
    }
  }
  take(held.tail.records, held.tail.offsets());
  return found;
}

/** A number that more bear was not issued once. */
const MOST_BEARERS = 64;
const MOST_DOCUMENTS = 12;
