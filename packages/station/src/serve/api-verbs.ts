import { type Instant, localTime, Refusal, strictestLane } from '@entente/protocol';
import { tracks } from '@entente/tracks';
import type { BlindStation } from '../blind/blind-station.ts';
import { prepareCheck } from '../blind/prepare-check.ts';
import { surveyPurposes } from '../blind/survey-purposes.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import { openAttachment } from '../custody/attachments/open-attachment.ts';
import type { Uploads } from '../custody/attachments/uploads.ts';
import { evidenceArchive } from '../custody/evidence-archive.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readClocks } from '../dossiers/read-clocks.ts';
import type { Exchange } from '../exchange/start-exchange.ts';
import type { LinkSummary, Verbs } from '../http/verbs.ts';
import { authoriseActs } from '../release/authorise-acts.ts';
import { type Author, prepareActs } from '../release/prepare-acts.ts';
import type { LikenessSearch } from '../screening/likeness-search.ts';
import { searchSubjects } from '../screening/search-subjects.ts';
import { importWatchList } from '../screening/watch-list/import-watch-list.ts';
import { transact } from '../store/database.ts';
import type { RelationRecord } from '../store/relations.ts';
import { keepTransferGround } from '../store/transfer-record.ts';

/** What the API asks of the station, as this process answers it. */
export interface VerbParts {
  readonly parts: Parts;
  readonly relations: readonly Relation[];
  readonly custody: AttachmentCustody;
  readonly uploads: Uploads;
  readonly likeness: LikenessSearch;
  readonly blind: BlindStation;
  readonly exchange: () => Exchange | undefined;
}

export function apiVerbs({ parts, relations, custody, uploads, likeness, blind, exchange }: VerbParts): Verbs {
  const relationOf = (record: RelationRecord): Relation => {
    const found = relations.find(({ number }) => number === record.relation);
    if (found === undefined) throw new Refusal('relation-unknown', { where: record.name });
    return found;
  };
  return {
    acts: {
      prepare: async (record, officer, requests) => {
        const relation = relationOf(record);
        const prepared = await prepareActs(parts, relation, await authorOf(parts, relation, officer), requests);
        await transact(parts.database, async (transaction) => {
          for (const [at, { transfer }] of requests.entries()) {
            const act = prepared[at]?.act;
            if (transfer !== undefined && act !== undefined) {
              await keepTransferGround(transaction, relation.number, act, transfer);
            }
          }
        });
        return prepared;
      },
      authorise: (record, acts, approvals) => authoriseActs(parts, relationOf(record), acts, approvals),
    },
    attachments: {
      create: (record, file) => uploads.create(record.relation, file),
      readUpload: async (record, upload) => uploads.read(record.relation, upload),
      append: (record, upload, offset, bytes) =>
        uploads.append(record.relation, relationOf(record).sealTo(), upload, offset, bytes),
      open: async (record, { sealedSha256, size }) => {
        const key = await heldKey(custody, record.relation, sealedSha256);
        return { size, read: (from, to) => openLater(custody, key, { from, to }) };
      },
    },
    relations: {
      link: (record) => summaryOf(exchange()?.link(record.name)),
      lanes: async (record) => {
        const { authority, own, counterpart } = relationOf(record);
        const ours = authority.present(own);
        const theirs = authority.present(counterpart);
        return tracks.map(({ name }) => {
          const sending = ours.lanes(name);
          const receiving = theirs.lanes(name);
          return {
            track: name,
            out: strictestLane(sending.out, sending.into),
            in: strictestLane(receiving.out, receiving.into),
          };
        });
      },
      clocks: (record, states, at) => readClocks(parts, relationOf(record), states, at),
      today: (record, at) => todayOf(relationOf(record), at),
    },
    blind: {
      prepare: async (record, officer, wanted) => {
        const relation = relationOf(record);
        return prepareCheck(blind, relation, await authorOf(parts, relation, officer), wanted);
      },
      survey: (record) => surveyPurposes(parts, relationOf(record)),
    },
    screening: {
      search: (record, wanted, reader) => searchSubjects({ parts, relations, likeness }, record, wanted, reader),
      importList: (file, caller) => importWatchList(parts, file, caller),
    },
    exportEvidence: (record, act, body) => evidenceArchive(parts, relationOf(record), act, body),
    checkHealth: async () =>
      relations.map(({ name }) => ({ name: `link ${name}`, ok: exchange()?.link(name)?.kind !== 'down' })),
  };
}

/** The officer's function, and the pseudonym that this relation's channel knows. @throws Refusal `officer-unknown` */
async function authorOf({ database }: Parts, relation: Relation, officer: number): Promise<Author> {
  const { rows } = await database.query<Author>(
    `select officer, function, pseudonym from officer_key join officer using (officer)
     where relation = $1 and officer = $2 and officer_key.revoked is null and officer.revoked is null limit 1`,
    [relation.number, officer],
  );
  const author = rows[0];
  if (author === undefined) throw new Refusal('officer-unknown', { what: 'no signing key in this relation' });
  return author;
}

async function heldKey(
  { database }: AttachmentCustody,
  relation: number,
  sealedSha256: Parameters<typeof openAttachment>[1]['sealedSha256'],
): Promise<Parameters<typeof openAttachment>[1]> {
  const { rows } = await database.query<{ own: boolean }>(
    'select own from attachment where relation = $1 and sealed_sha256 = $2 order by own desc limit 1',
    [relation, Buffer.from(sealedSha256, 'hex')],
  );
  const own = rows[0]?.own;
  if (own === undefined) throw new Refusal('attachment-unknown', { where: sealedSha256 });
  return { relation, own, sealedSha256 };
}

async function* openLater(
  custody: AttachmentCustody,
  key: Parameters<typeof openAttachment>[1],
  range: { readonly from: number; readonly to: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  const { bytes } = await openAttachment(custody, key, range);
  yield* bytes;
}

function summaryOf(link: ReturnType<Exchange['link']>): LinkSummary {
  if (link === undefined) return { state: 'none' };
  if (link.kind === 'up') return { state: 'up', since: link.since };
  return { state: 'down', since: link.since, ...(link.lastError === undefined ? {} : { why: link.lastError }) };
}

/** The date by our own calendar of the accord; by UTC where its tables end. */
function todayOf({ authority, own }: Relation, at: Instant): string {
  const { accord } = authority.accord(own);
  const name = accord.parties.find(({ id }) => id === own)?.calendar ?? '';
  const table = accord.calendars[name];
  const local = table && localTime(table, at);
  const utc = new Date(at).toISOString().slice(0, 10);
  return local === undefined || 'kind' in local ? utc : local.date.toString();
}
