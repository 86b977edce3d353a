import type { BirthDate } from '../dates/birth-date.ts';
import { compareBirths } from '../dates/compare-births.ts';
import { CROWD_BIRTH_EVIDENCE } from './crowd-birth.ts';
import type { FormAgreements } from './form-agreements.ts';
import type { NameQuery } from './name-query.ts';
import type { RecordReader } from './record.ts';

/** What a word of an identity that nothing in the query explains speaks against it, in nats. */
const UNEXPLAINED = 0.7;
/** What a word of the query that nothing meets speaks against, as a share of its rarity. */
export const UNMET = 0.3;

/**
 * A first judgement of one record, from numbers alone and some hundred times faster than the whole comparison: which
 * words it shares with the query, how close, how rare, and the dates.
 */
export class QuickJudge {
  readonly #agreements: FormAgreements;
  readonly #words = new Uint32Array(256);
  readonly #places = new Uint32Array(256);

  constructor(agreements: FormAgreements) {
    this.#agreements = agreements;
  }

  /** What the births of the opened record tell, in nats. Comes before its names, which stand behind. */
  judgeBirth(record: RecordReader, births: readonly BirthDate[]): number {
    if (births.length > 0) return bestBirth(births, record);
    record.skipBirths();
    return 0;
  }

  /** What its best name tells, in nats; undefined where no word of any agrees. */
  judgeName(record: RecordReader, name: NameQuery): number | undefined {
    let best: number | undefined;
    for (let left = record.nameCount(); left > 0; left--) {
      const judgement = this.#judgeWords(name, record.readWords(this.#words));
      if (judgement !== undefined && (best === undefined || judgement > best)) best = judgement;
    }
    return best;
  }

  #judgeWords({ parts, weights }: NameQuery, count: number): number | undefined {
    const places = this.#places;
    for (let at = 0; at < count; at++) places[at] = this.#agreements.placeOf((this.#words[at] ?? 0) >>> 2);
    const { told } = this.#agreements;
    let met = 0;
    let evidence = 0;
    let explained = 0;
    for (let part = 0; part < parts.length; part++) {
      const bits = parts[part]?.bits ?? 0;
      if ((met & bits) !== 0) continue;
      let best = 0;
      let taken = -1;
      for (let at = 0; at < count; at++) {
        const place = places[at] ?? 0;
        if (place === 0) continue;
        const here = told[place + part] ?? 0;
        if (here > best) {
          best = here;
          taken = at;
        }
      }
      if (taken < 0) continue;
      places[taken] = 0;
      met |= bits;
      evidence += best;
      explained++;
    }
    if (explained === 0) return undefined;
    const unmet = (weights.length - 1) & ~met;
    return evidence - UNMET * (weights[unmet] ?? 0) - UNEXPLAINED * (count - explained);
  }
}

function bestBirth(births: readonly BirthDate[], record: RecordReader): number {
  let best = Number.NEGATIVE_INFINITY;
  for (const theirs of record.births()) {
    for (const ours of births) best = Math.max(best, CROWD_BIRTH_EVIDENCE[compareBirths(ours, theirs)] ?? 0);
  }
  return best === Number.NEGATIVE_INFINITY ? 0 : best;
}
