type Judged = { readonly same: boolean; readonly evidence: number };

/** F1 at even odds and at best, precision at 95 % recall, and how far probabilities are from what happened, by tenths. */
export function report(what: string, judged: readonly Judged[]): void {
  const sorted = judged.toSorted((a, b) => b.evidence - a.evidence);
  const positives = judged.filter((one) => one.same).length;
  let [right, evenOdds, best, precision] = [0, 0, 0, 0];
  sorted.forEach((one, at) => {
    right += one.same ? 1 : 0;
    const f1 = (2 * right) / (at + 1 + positives);
    if (one.evidence >= 0) evenOdds = f1;
    best = Math.max(best, f1);
    if (precision === 0 && right >= 0.95 * positives) precision = right / (at + 1);
  });
  const figures = {
    'F1 at even odds': evenOdds,
    'best F1': best,
    'precision at 95 % recall': precision,
    'calibration error': calibrationError(judged),
  };
  console.log(what, ...Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(4)}`));
}

function calibrationError(judged: readonly Judged[]): number {
  const surplus = new Float64Array(10);
  for (const { same, evidence } of judged) {
    const probability = 1 / (1 + Math.exp(-evidence));
    const bin = Math.min(9, Math.floor(probability * 10));
    surplus[bin] = (surplus[bin] ?? 0) + probability - (same ? 1 : 0);
  }
  return surplus.reduce((sum, one) => sum + Math.abs(one), 0) / judged.length;
}
