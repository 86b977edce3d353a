/** Candidates by their features, and which of them is meant. */
export type Choice = {
  /** A row of `width` numbers for each of `count` candidates. */
  readonly features: Float32Array;
  readonly width: number;
  readonly count: number;
  /** −1 where the one who is meant is not among them. */
  readonly chosen: number;
  /** How much it counts. */
  readonly weight: number;
};

const ROUNDS = 12;
const BATCH = 64;
const PENALTY = 1e-4;
const RATE = 0.02;

/**
 * Slopes under which the odds of being the one who is meant are the exponential of a sum (conditional logit, McFadden
 * 1974), by Adam over batches in an order that is always the same. Slopes of features that are not `used` are 0.
 */
export function learnChoice(choices: readonly Choice[], used: readonly number[]): Float64Array {
  const made = choices.filter(({ chosen }) => chosen >= 0);
  const width = made[0]?.width ?? 0;
  const spread = spreadOf(made, width);
  const weights = new Float64Array(width);
  const [first, second] = [new Float64Array(width), new Float64Array(width)];
  let step = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const order = shuffledAt(made, round);
    for (let start = 0; start < order.length; start += BATCH) {
      const batch = order.slice(start, start + BATCH);
      const gradient = gradientOf(batch, slopesOf(weights, spread), used);
      step++;
      for (const f of used) {
        const weight = weights[f] ?? 0;
        const slope = (gradient[f] ?? 0) / (spread[f] ?? 1) / batch.length + PENALTY * weight;
        first[f] = 0.9 * (first[f] ?? 0) + 0.1 * slope;
        second[f] = 0.999 * (second[f] ?? 0) + 0.001 * slope * slope;
        const scaled = (first[f] ?? 0) / (1 - 0.9 ** step);
        const size = Math.sqrt((second[f] ?? 0) / (1 - 0.999 ** step)) + 1e-8;
        weights[f] = weight - (RATE * (1 - round / ROUNDS) * scaled) / size;
      }
    }
  }
  return slopesOf(weights, spread);
}

/** Where the chosen one stands under these slopes, equals at the middle of their places; Infinity where it is not there. */
export function rankOf(choice: Choice, slopes: Float64Array): number {
  if (choice.chosen < 0) return Number.POSITIVE_INFINITY;
  const own = sumOf(choice, choice.chosen, slopes);
  let [better, equal] = [0, 0];
  for (let at = 0; at < choice.count; at++) {
    const sum = sumOf(choice, at, slopes);
    if (sum > own) better++;
    else if (sum === own) equal++;
  }
  return 1 + better + (equal - 1) / 2;
}

function gradientOf(batch: readonly Choice[], slopes: Float64Array, used: readonly number[]): Float64Array {
  const gradient = new Float64Array(slopes.length);
  for (const choice of batch) {
    const sums = Float64Array.from({ length: choice.count }, (_, at) => sumOf(choice, at, slopes));
    const highest = sums.reduce((most, sum) => Math.max(most, sum), Number.NEGATIVE_INFINITY);
    const odds = sums.map((sum) => Math.exp(sum - highest));
    const total = odds.reduce((sum, one) => sum + one, 0);
    odds.forEach((one, at) => {
      const surplus = choice.weight * (one / total - (at === choice.chosen ? 1 : 0));
      for (const f of used) gradient[f] = (gradient[f] ?? 0) + surplus * (choice.features[at * choice.width + f] ?? 0);
    });
  }
  return gradient;
}

function sumOf({ features, width }: Choice, at: number, slopes: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < width; f++) sum += (slopes[f] ?? 0) * (features[at * width + f] ?? 0);
  return sum;
}

function slopesOf(weights: Float64Array, spread: Float64Array): Float64Array {
  return weights.map((weight, f) => weight / (spread[f] ?? 1));
}

/** Standard deviation of each feature over all candidates, 1 where it never differs. */
function spreadOf(choices: readonly Choice[], width: number): Float64Array {
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  let count = 0;
  for (const { features, count: rows } of choices) {
    count += rows;
    features.forEach((value, at) => {
      sums[at % width] = (sums[at % width] ?? 0) + value;
      squares[at % width] = (squares[at % width] ?? 0) + value * value;
    });
  }
  return squares.map((square, f) => Math.sqrt(Math.max(0, square / count - ((sums[f] ?? 0) / count) ** 2)) || 1);
}

/** Another order each round, drawn by a linear congruence: the same on every machine. */
function shuffledAt<Item>(items: readonly Item[], round: number): readonly Item[] {
  const order = [...items];
  let state = round + 1;
  for (let last = order.length - 1; last > 0; last--) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const other = state % (last + 1);
    const [one, two] = [order[last], order[other]];
    if (one === undefined || two === undefined) continue;
    order[last] = two;
    order[other] = one;
  }
  return order;
}
