import {
  LEAF_STEP,
  MODEL_BIAS,
  MODEL_DEPTH,
  MODEL_LEAVES,
  MODEL_LEFT_SHARES,
  MODEL_SLOPES,
  MODEL_SPLITS,
  MODEL_THRESHOLDS,
} from '../learned/name-model.ts';
import { FEATURES, FEATURE_STEPS } from './name-features.ts';

/**
 * The learned sum of evidence of two names: a straight line through a few features, so that more agreement is always
 * more, and boosted trees for how the features bear on each other. Depth and sizes are of the learned arrays.
 */
const MOST_STEPS = 2 ** 24;
const INNER = 2 ** MODEL_DEPTH - 1;
const LEAVES = INNER + 1;
const splits = Uint8Array.fromBase64(MODEL_SPLITS);
const thresholds = floats(MODEL_THRESHOLDS);
/**
 * Feature and threshold of a node in one number, `threshold steps × 64 + feature`, for one look-up less. Thresholds lie on
 * the steps that features are rounded to; a node that splits nothing sends all to the left.
 */
const packed = Int32Array.from(
  splits,
  (feature, at) => Math.min(MOST_STEPS, Math.round((thresholds[at] ?? 0) * FEATURE_STEPS)) * 64 + feature,
);
const steps = new Int32Array(64);
const slopes = Float64Array.from(MODEL_SLOPES);
if (MODEL_DEPTH !== 5 || slopes.length !== FEATURES) throw new Error('the learned model has another form');
const leftShares = Float64Array.from(Uint8Array.fromBase64(MODEL_LEFT_SHARES), (share) => share / 255);
const leaves = shorts(MODEL_LEAVES);
const TREES = splits.length / INNER;

/** In nats, with the prior of a pair picked for likeness. */
export function modelEvidence(features: Float64Array): number {
  let evidence = MODEL_BIAS;
  for (let f = 0; f < FEATURES; f++) {
    const feature = features[f] ?? 0;
    evidence += (slopes[f] ?? 0) * feature;
    steps[f] = feature * FEATURE_STEPS;
  }
  for (let first = 0, tree = 0; tree < TREES; first += INNER, tree++) {
    // Five levels written out: twice as fast as a loop over them.
    let node = below(0, packed[first] ?? 0);
    node = below(node, packed[first + node] ?? 0);
    node = below(node, packed[first + node] ?? 0);
    node = below(node, packed[first + node] ?? 0);
    node = below(node, packed[first + node] ?? 0);
    evidence += leaves[first + tree + node - INNER] ?? 0;
  }
  return evidence;
}

/** Without a branch, which the processor could not guess one time in four: the sign of a difference is the way. */
function below(node: number, split: number): number {
  return 2 * node + 2 + (((steps[split & 63] ?? 0) - (split >> 6) - 1) >> 31);
}

/**
 * The same sum by feature: what each split on the way to a leaf changed in the expectation (Saabas 2014). `shares[f]` is
 * what feature `f` brought; what is left is the prior, which is returned.
 */
export function explainModel(features: Float64Array, shares: Float64Array): number {
  shares.fill(0);
  let prior = MODEL_BIAS;
  for (let f = 0; f < FEATURES; f++) shares[f] = (slopes[f] ?? 0) * (features[f] ?? 0);
  for (let tree = 0; tree < TREES; tree++) {
    let node = 0;
    let expected = expectations[tree * NODES] ?? 0;
    prior += expected;
    while (node < INNER) {
      const at = tree * INNER + node;
      const feature = splits[at] ?? 0;
      node = 2 * node + ((features[feature] ?? 0) <= (thresholds[at] ?? 0) ? 1 : 2);
      const next = expectations[tree * NODES + node] ?? 0;
      shares[feature] = (shares[feature] ?? 0) + next - expected;
      expected = next;
    }
  }
  return prior;
}

const NODES = INNER + LEAVES;
const expectations = expectationsOf();

/** Of every node: its leaves, weighed by how many training pairs went each way. */
function expectationsOf(): Float64Array {
  const found = new Float64Array(TREES * NODES);
  for (let tree = 0; tree < TREES; tree++) {
    for (let node = NODES - 1; node >= 0; node--) {
      const share = leftShares[tree * INNER + node] ?? 0;
      const [left, right] = [found[tree * NODES + 2 * node + 1] ?? 0, found[tree * NODES + 2 * node + 2] ?? 0];
      found[tree * NODES + node] =
        node >= INNER ? (leaves[tree * LEAVES + node - INNER] ?? 0) : share * left + (1 - share) * right;
    }
  }
  return found;
}

/** Little-endian, as every machine writes that the learning script has run on. */
function floats(base64: string): Float64Array {
  const view = viewOf(base64);
  return Float64Array.from({ length: view.byteLength / 4 }, (_, at) => view.getFloat32(at * 4, true));
}

function shorts(base64: string): Float64Array {
  const view = viewOf(base64);
  return Float64Array.from({ length: view.byteLength / 2 }, (_, at) => view.getInt16(at * 2, true) * LEAF_STEP);
}

function viewOf(base64: string): DataView {
  const bytes = Uint8Array.fromBase64(base64);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
