/** What issue and data folder ask of a figure, and the best that was known before. */
export interface Target {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly best?: number;
}

type Size = 100_000 | 1_000_000 | 10_000_000;
const sizes: readonly Size[] = [100_000, 1_000_000, 10_000_000];

const ofAnySize: Readonly<Record<string, Target>> = {
  'pairs.f1': { atLeast: 0.93, best: 0.89 },
  'pairs.p95r': { atLeast: 0.88, best: 0.75 },
  'identity.f1': { atLeast: 0.95, best: 0.9 },
  'identity.p95r': { best: 0.83 },
  'nk.f1': { atLeast: 0.82, best: 0.78 },
  lookalike: { atLeast: 0.85, best: 0.76 },
  calibration: { atMost: 0.01, best: 0.007 },
  'pairs.rate': { atLeast: 100_000 },
  'blind.hit.same-date': { atLeast: 0.8 },
  'blind.hit.year': { atLeast: 0.6 },
  'blind.false.asked-by-day': { atMost: 0.0001 },
};

const ofSize: Readonly<Record<Size, Readonly<Record<string, Target>>>> = {
  100_000: {
    'r1.cross': { best: 0.75 },
    'r10.cross': { atLeast: 0.93, best: 0.89 },
    'r10.all': { atLeast: 0.93, best: 0.85 },
    'query.p95': { best: 2.4 },
  },
  1_000_000: {
    'r1.all': { best: 0.68 },
    'r1.cross': { best: 0.59 },
    'r10.all': { atLeast: 0.9, best: 0.82 },
    'r10.cross': { atLeast: 0.88, best: 0.8 },
    'r1.all.dated': { best: 0.79 },
    'r1.cross.dated': { best: 0.63 },
    'r10.all.dated': { atLeast: 0.95, best: 0.89 },
    'r10.cross.dated': { atLeast: 0.92, best: 0.84 },
    'query.p95': { atMost: 8, best: 14 },
    'query.p50.dated': { best: 2 },
    'query.p95.dated': { atMost: 4, best: 8 },
    restore: { atMost: 10 },
  },
  10_000_000: {
    'r1.all': { best: 0.64 },
    'r1.cross': { best: 0.47 },
    'r10.all': { best: 0.76 },
    'r10.cross': { best: 0.7 },
    'r1.all.dated': { best: 0.75 },
    'r1.cross.dated': { best: 0.55 },
    'r10.all.dated': { atLeast: 0.92, best: 0.84 },
    'r10.cross.dated': { atLeast: 0.88, best: 0.74 },
    'query.p50': { best: 9 },
    'query.p95': { atMost: 40, best: 115 },
    'query.p50.dated': { best: 7 },
    'query.p95.dated': { atMost: 12, best: 30 },
    memory: { atMost: 1.5e9, best: 1.3e9 },
    build: { best: 75 },
  },
};

/** The target of a figure over so many stored names; between the sizes that have targets there is none. */
export function targetOf(name: string, stored: number): Target {
  const size = sizes.find((size) => size === stored);
  return ofAnySize[name] ?? (size === undefined ? undefined : ofSize[size][name]) ?? {};
}
