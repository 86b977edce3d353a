import type { BirthDate } from '../dates/birth-date.ts';
import { BestJudged } from './best-judged.ts';
import type { Judged } from './best-judged.ts';
import { birthWindows } from './birth-windows.ts';
import type { BirthWindows } from './birth-windows.ts';
import type { FormAgreements } from './form-agreements.ts';
import type { HeldIdentities } from './held-identities.ts';
import type { KnownForms } from './known-forms.ts';
import { RowMarks } from './mark-rows.ts';
import type { NameQuery } from './name-query.ts';
import { pickRows } from './pick-rows.ts';
import type { PickedRows } from './pick-rows.ts';
import { QuickJudge } from './quick-judge.ts';
import { stretchesOf } from './read-lists.ts';
import { RecordReader } from './record.ts';
import { rowWindows } from './row-windows.ts';
import { rowCount } from './segment.ts';
import type { Segment } from './segment.ts';

/**
 * Rows that a query reads from lists and records that it judges, whatever is held and whoever asks: a name made to meet
 * every list costs as much as any other. On a million, more than twice as much finds one in five hundred more.
 */
const EFFORT = { read: 16_000, judged: 3_000 };
/** The same where a year of birth says who is worth judging, and where a day does. */
const EFFORT_IN_YEARS = { read: 12_000, judged: 1_600 };
const EFFORT_ON_DAY = { read: 10_000, judged: 700 };
/** Of a small segment beside a large one, at least so many. */
const LEAST_JUDGED = 64;
/** Whoever is so far behind the best in name and birth does not come before it when compared in full. In nats. */
const FARTHEST_BEHIND = 18;
/** What judging a row may add to what its lists told, in nats: words it shares whose lists were not read. */
const HOPE = 1;

const marks = new RowMarks();

/** The `most` who are best worth a whole comparison, best first. */
export function gatherCandidates(
  held: HeldIdentities,
  names: readonly NameQuery[],
  births: readonly BirthDate[],
  known: KnownForms,
  agreements: FormAgreements,
  most: number,
): readonly Judged[] {
  const windows = birthWindows(births);
  const judge = new QuickJudge(agreements);
  const rows = held.segments.reduce((sum, segment) => sum + rowCount(segment), 0);
  const best = new BestJudged(most, births.length === 0 ? Number.POSITIVE_INFINITY : FARTHEST_BEHIND);
  for (const name of names) {
    agreements.begin(name, known);
    const judgeOne = (record: RecordReader, records: Uint8Array, offset: number): void => {
      record.open(offset);
      if (record.removed) return;
      const ofBirth = judge.judgeBirth(record, births);
      const nameJudgement = judge.judgeName(record, name);
      if (nameJudgement === undefined || nameJudgement + ofBirth <= best.least) return;
      best.add({ records, offset, judgement: nameJudgement + ofBirth, nameJudgement });
    };
    for (const segment of held.segments) {
      const share = rowCount(segment) / rows / names.length;
      const picked = rowsWorthJudging(segment, name, windows, known, share);
      const record = new RecordReader(segment.records);
      for (let at = 0; at < picked.rows.length; at++) {
        if ((picked.told[at] ?? 0) + HOPE < best.least) break;
        judgeOne(record, segment.records, segment.rowRecords[picked.rows[at] ?? 0] ?? 0);
      }
    }
    const record = new RecordReader(held.tail.records);
    for (const offset of held.tail.offsets()) judgeOne(record, held.tail.records, offset);
  }
  return best.kept;
}

function rowsWorthJudging(
  segment: Segment,
  name: NameQuery,
  births: BirthWindows,
  known: KnownForms,
  share: number,
): PickedRows {
  const windows = rowWindows(segment, births);
  const stretches = stretchesOf(segment, name, windows, (spellingClass) => known.rarityOfClass(spellingClass));
  const most = births.days.length > 0 ? EFFORT_ON_DAY : births.years.length > 1 ? EFFORT_IN_YEARS : EFFORT;
  marks.read(stretches, Math.ceil(most.read * share));
  return pickRows(marks, name, windows, Math.max(LEAST_JUDGED, Math.ceil(most.judged * share)));
}
