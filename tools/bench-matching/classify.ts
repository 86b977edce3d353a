/** What a comparison said, beside what is known. */
export interface Judged {
  readonly score: number;
  readonly same: boolean;
}

export interface Classified {
  /** What scores at least this is taken for one person. */
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Precision, recall and F1 when everything that scores at least `threshold` is taken for one person. */
export function classifyAt(judged: readonly Judged[], threshold: number): Classified {
  const taken = judged.filter(({ score }) => score >= threshold);
  const right = taken.filter(({ same }) => same).length;
  return classified(threshold, right, taken.length, judged.filter(({ same }) => same).length);
}

/** The threshold of the highest F1; of several the highest threshold. */
export function classifyBest(judged: readonly Judged[]): Classified {
  return everyThreshold(judged).reduce((best, one) => (one.f1 > best.f1 ? one : best), nothingTaken);
}

/** The highest precision among the thresholds that find at least this share of the positives. */
export function classifyAtRecall(judged: readonly Judged[], recall: number): Classified {
  const enough = everyThreshold(judged).filter((one) => one.recall >= recall);
  return enough.reduce((best, one) => (one.precision > best.precision ? one : best), nothingTaken);
}

const nothingTaken: Classified = { threshold: Number.POSITIVE_INFINITY, precision: 0, recall: 0, f1: 0 };

/** One for each score that occurs, highest first: what scores alike cannot be told apart by any threshold. */
function everyThreshold(judged: readonly Judged[]): readonly Classified[] {
  const sorted = judged.toSorted((one, other) => other.score - one.score);
  const positives = sorted.filter(({ same }) => same).length;
  const all: Classified[] = [];
  let right = 0;
  sorted.forEach(({ score, same }, index) => {
    if (same) right++;
    if (sorted[index + 1]?.score !== score) all.push(classified(score, right, index + 1, positives));
  });
  return all;
}

function classified(threshold: number, right: number, taken: number, positives: number): Classified {
  return {
    threshold,
    precision: taken === 0 ? 1 : right / taken,
    recall: positives === 0 ? 1 : right / positives,
    f1: taken + positives === 0 ? 0 : (2 * right) / (taken + positives),
  };
}
