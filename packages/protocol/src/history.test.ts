import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  cover,
  foldDossier,
  isBefore,
  isConcurrent,
  isCut,
  largestCut,
  lineUp,
  markSuspects,
  stateBytes,
} from './index.ts';
import type {
  ActId,
  ActType,
  Cut,
  DossierId,
  Head,
  JsonObject,
  LinedAct,
  LogSize,
  Parties,
  PartyId,
  Track,
} from './index.ts';

const parties: Parties = ['fr' as PartyId, 'ma' as PartyId];
const dossier = 'd'.repeat(32) as DossierId;

const common = { author: 'one-officer', by: 'either', inputs: [], fields: [], gates: [] } as const;
const types: readonly ActType[] = [
  { ...common, name: 'open', effect: 'transition', from: [], to: 'asked', clocks: [{ clock: 'reply', move: 'start' }] },
  {
    ...common,
    name: 'issue',
    by: 'other',
    effect: 'transition',
    from: ['asked'],
    to: 'issued',
    clocks: [{ clock: 'reply', move: 'end' }],
  },
  {
    ...common,
    name: 'withdraw',
    by: 'opener',
    effect: 'transition',
    from: ['asked', 'issued'],
    to: 'withdrawn',
    precedence: 9,
  },
  { ...common, name: 'use', by: 'other', effect: 'transition', from: ['issued'], to: 'used' },
  { ...common, name: 'reopen', effect: 'transition', from: ['withdrawn'], to: 'asked' },
  { ...common, name: 'note', effect: 'union', from: ['asked', 'issued'] },
  { ...common, name: 'correct', by: 'owner', effect: 'owner-only', from: 'any', speaksOf: 'own' },
];
const track: Track = {
  name: 'papers',
  version: 1,
  states: ['asked', 'issued', 'used', 'withdrawn'],
  closed: ['withdrawn'],
  acts: types,
  clocks: ['reply'],
  gates: [],
  counters: [],
  initialData: { notes: 0 },
  fold: (data, act) => (act.head.type === 'papers/note' ? { notes: Number(data['notes']) + 1 } : data),
  words: {},
};

interface Entry {
  readonly party: PartyId;
  readonly index: number;
  readonly seen: number;
  readonly id: ActId;
  readonly head: Head;
}

function idOf(party: PartyId, index: number): ActId {
  return `${party === 'fr' ? 'a' : 'b'}${index}f`.padEnd(64, '0') as ActId;
}

function entry(
  party: string,
  index: number,
  seen: number,
  type: string,
  more: { leaves?: ActId; of?: string } = {},
): Entry {
  const from = party as PartyId;
  const head = {
    type: type.includes('/') ? type : `papers/${type}`,
    trackVersion: 1,
    from,
    dossier,
    handling: { codes: ['H0'] },
    inputs:
      more.of === undefined
        ? {}
        : ({ of: more.of, codes: ['H2'], answer: 'refused', ground: 'R7' } satisfies JsonObject),
    ...(more.leaves === undefined ? {} : { leaves: more.leaves }),
  } as unknown as Head;
  return { party: from, index, seen, id: idOf(from, index), head };
}

function lined(entries: Iterable<Entry>): readonly LinedAct[] {
  return lineUp(entries, parties).map(({ id, head, party, index, seen, rank }) => ({
    id,
    head,
    rank,
    position: { party, epoch: 0, index: index as LogSize },
    seen: seen as LogSize,
    verdict: { kind: 'effective' },
  }));
}

function fold(...entries: readonly Entry[]): string {
  const state = foldDossier(track, lined(entries));
  return state === undefined ? 'unopened' : new TextDecoder().decode(stateBytes(state));
}

function told(...entries: readonly Entry[]): string {
  const state = foldDossier(track, lined(entries));
  const acts = state?.acts.map((act) =>
    act.reason === undefined ? 'ok' : `${act.reason}${act.by ? ` by ${act.by.slice(0, 2)}` : ''}`,
  );
  return `${state?.state}: ${acts?.join(', ')}`;
}

const opened = entry('fr', 0, 0, 'open');
const a0 = idOf('fr' as PartyId, 0);
const a1 = idOf('fr' as PartyId, 1);
const b0 = idOf('ma' as PartyId, 0);

test('a withdrawal overtakes an issue that stands before it in line, whichever arrives first', () => {
  const issue = entry('ma', 0, 1, 'issue', { leaves: a0 });
  const note = entry('fr', 1, 0, 'note');
  const withdraw = entry('fr', 2, 0, 'withdraw', { leaves: a0 });
  assert.equal(told(opened, note, issue, withdraw), 'withdrawn: ok, ok, overtaken by a2, ok');
  assert.equal(fold(withdraw, issue, note, opened), fold(opened, note, issue, withdraw));
});

test('what was built on an overtaken act falls with it', () => {
  const issue = entry('ma', 0, 1, 'issue', { leaves: a0 });
  const entries = [
    opened,
    entry('fr', 1, 0, 'withdraw', { leaves: a0 }),
    entry('fr', 2, 1, 'withdraw', { leaves: b0 }),
  ];
  assert.equal(told(...entries, issue), 'withdrawn: ok, ok, overtaken by a1, overtaken by a1');
});

test('what hangs on an act that is overtaken later in line falls too', () => {
  const notes = [entry('fr', 1, 0, 'note'), entry('fr', 2, 0, 'note')];
  const issued = [entry('ma', 0, 1, 'issue', { leaves: a0 }), entry('ma', 1, 1, 'use', { leaves: b0 })];
  const all = [opened, ...notes, ...issued, entry('fr', 3, 0, 'withdraw', { leaves: a0 })];
  assert.equal(told(...all), 'withdrawn: ok, ok, overtaken by a3, ok, overtaken by a3, ok');
});

test('a transition from a state that its author had seen left is noted', () => {
  const entries = [opened, entry('ma', 0, 1, 'issue', { leaves: a0 }), entry('fr', 1, 1, 'withdraw', { leaves: a0 })];
  assert.equal(told(...entries), 'issued: ok, ok, not-in-this-state');
});

test('a note written before its author could know of the withdrawal keeps its effect', () => {
  const entries = [
    opened,
    entry('fr', 1, 0, 'withdraw', { leaves: a0 }),
    entry('ma', 0, 1, 'note'),
    entry('ma', 1, 2, 'note'),
  ];
  assert.equal(told(...entries), 'withdrawn: ok, ok, ok, not-in-this-state');
  assert.match(fold(...entries), /"notes":1/);
});

test('acts of the wrong side, on unknown acts, unknown types and second openings are kept and noted', () => {
  assert.equal(told(opened, entry('fr', 1, 0, 'issue', { leaves: a0 })), 'asked: ok, not-the-owner');
  assert.equal(told(opened, entry('fr', 1, 0, 'withdraw', { leaves: b0 })), 'asked: ok, not-in-this-state');
  assert.equal(told(opened, entry('fr', 1, 0, 'no-such-type')), 'asked: ok, type-unknown');
  assert.equal(told(opened, entry('ma', 0, 1, 'open')), 'asked: ok, dossier-exists');
  assert.equal(told(opened, entry('ma', 0, 0, 'note')), 'asked: ok, dossier-unopened');
  assert.equal(told(opened, entry('ma', 0, 1, 'correct', { of: a0 })), 'asked: ok, not-the-owner');
  assert.equal(told(opened, entry('fr', 1, 0, 'correct', { of: 'nonsense' })), 'asked: ok, names-unknown-act');
  assert.equal(told(opened, entry('fr', 1, 0, 'relation/exercise')), 'asked: ok, ok');
});

test('a recall is marked with every answer, and cannot itself be recalled', () => {
  const recall = entry('fr', 1, 0, 'recall', { of: a0 });
  const refused = entry('ma', 0, 2, 'recall-answer', { of: a1 });
  const again = entry('fr', 2, 1, 'recall', { of: a1 });
  assert.equal(told(opened, recall, refused, again), 'asked: ok, ok, ok, not-in-this-state');
  const state = foldDossier(track, lined([opened, recall, refused]));
  assert.deepEqual(state?.acts[0]?.recalled, { by: a1, answers: [{ act: b0, answer: 'refused', ground: 'R7' }] });
});

test('handling narrowed by an act is never loosened by a concurrent one', () => {
  const state = foldDossier(
    track,
    lined([opened, entry('fr', 1, 0, 'narrow', { of: a0 }), entry('fr', 2, 0, 'narrow', { of: a0 })]),
  );
  assert.deepEqual(state?.acts[0]?.handling, { codes: ['H0', 'H2'] });
});

test('an entry after the last trusted one has no effect in a cut that holds the notice', () => {
  const acts = lined([opened, entry('ma', 0, 1, 'issue', { leaves: a0 })]);
  const state = foldDossier(track, markSuspects(acts, [{ party: parties[1], from: 0, to: 5 }]));
  assert.equal(state?.state, 'asked');
});

/** A history as honest stations make it: what is seen was there, and never decreases. */
const history = fc
  .array(
    fc.record({
      by: fc.nat(1),
      sees: fc.nat(4),
      type: fc.constantFrom(
        'open',
        'issue',
        'withdraw',
        'reopen',
        'note',
        'correct',
        'recall',
        'recall-answer',
        'narrow',
        'erase',
        'x',
      ),
      names: fc.tuple(fc.nat(1), fc.nat(8)),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    const channels: [Entry[], Entry[]] = [[], []];
    for (const { by, sees, type, names } of steps) {
      const own = channels[by] ?? [];
      const theirs = channels[1 - by] ?? [];
      const seen = Math.min(theirs.length, (own.at(-1)?.seen ?? 0) + sees);
      const named = idOf(parties[names[0]] ?? parties[0], names[1]);
      own.push(entry(parties[by] ?? parties[0], own.length, seen, type, { leaves: named, of: named }));
    }
    return [...channels[0], ...channels[1]];
  });
const shuffled = history.chain((entries) =>
  fc.record({
    entries: fc.constant(entries),
    other: fc.shuffledSubarray(entries, { minLength: entries.length }),
    held: fc.tuple(fc.nat(40), fc.nat(40)),
  }),
);

function within(entries: readonly Entry[], { sizes }: Cut): Entry[] {
  return entries.filter((entry) => entry.index < sizes[entry.party === parties[0] ? 0 : 1]);
}

test('any order of arrival of the same cut folds to the same bytes on both sides', () => {
  fc.assert(
    fc.property(shuffled, ({ entries, other, held }) => {
      const seenAt = (channel: 0 | 1, index: number): number =>
        entries.find((entry) => entry.party === parties[channel] && entry.index === index)?.seen ?? 0;
      const size = (channel: 0 | 1): number => entries.filter((entry) => entry.party === parties[channel]).length;
      const cut = largestCut({ sizes: [Math.min(held[0], size(0)), Math.min(held[1], size(1))] }, seenAt);
      assert(isCut(cut, seenAt));
      assert.equal(fold(...within(entries, cut)), fold(...within(other, cut)));
      // What arrives later may stand between listed entries, and changes neither their ranks nor the fold of the cut.
      const all = lined(other).filter(
        ({ position }) => position.index < cut.sizes[position.party === parties[0] ? 0 : 1],
      );
      assert.deepEqual(all, lined(within(entries, cut)));
    }),
    { numRuns: 300 },
  );
});

test('the line keeps everything after what it had seen, and a covering cut is a cut', () => {
  fc.assert(
    fc.property(history, (entries) => {
      const line = lineUp(entries, parties);
      assert.equal(line.length, entries.length);
      line.forEach((x, i) => line.slice(i + 1).forEach((y) => assert(!isBefore(y, x))));
      line.forEach((x) =>
        line.forEach((y) => assert.equal(isConcurrent(x, y), x !== y && !isBefore(x, y) && !isBefore(y, x))),
      );
      const seenAt = (channel: 0 | 1, index: number): number =>
        entries.find((entry) => entry.party === parties[channel] && entry.index === index)?.seen ?? 0;
      const covered = cover(entries.slice(0, 1), parties, seenAt);
      assert(isCut(covered, seenAt));
    }),
    { numRuns: 60 },
  );
});

test('the largest cut is the largest: none above it within what is held is one', () => {
  fc.assert(
    fc.property(shuffled, ({ entries, held }) => {
      const seen = parties.map((party) => entries.filter((entry) => entry.party === party).map((entry) => entry.seen));
      const seenAt = (channel: 0 | 1, index: number): number => seen[channel]?.[index] ?? 0;
      const [m, n] = [Math.min(held[0], seen[0]?.length ?? 0), Math.min(held[1], seen[1]?.length ?? 0)];
      const { sizes } = largestCut({ sizes: [m, n] }, seenAt);
      for (let i = 0; i <= m; i++) {
        for (let j = 0; j <= n; j++) if (isCut({ sizes: [i, j] }, seenAt)) assert(i <= sizes[0] && j <= sizes[1]);
      }
    }),
    { numRuns: 60 },
  );
});

test('a fold ends whatever a head says', () => {
  const garbage = fc.record({
    type: fc.oneof(
      fc.constantFrom(
        'papers/open',
        'papers/issue',
        'papers/recall',
        'papers/narrow',
        'papers/erase-answer',
        'relation/lane',
        '__proto__',
        'papers/constructor',
      ),
      fc.string(),
    ),
    trackVersion: fc.constantFrom(1, 2),
    from: fc.constantFrom('fr', 'ma', 'xx'),
    leaves: fc.constantFrom(a0, a1, b0, undefined),
    inputs: fc.dictionary(
      fc.constantFrom('of', 'codes', 'until', 'answer', 'ground'),
      fc.oneof(fc.constantFrom(a0, a1, b0), fc.jsonValue()),
    ),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('fr', 'ma'), garbage), { maxLength: 12 }), (heads) => {
      const sizes = { fr: 0, ma: 0 };
      const entries = heads.map(([party, head], i) => {
        const side = party === 'fr' ? 'fr' : 'ma';
        const index = sizes[side]++;
        const seen = sizes[side === 'fr' ? 'ma' : 'fr'];
        const base = entry(party, index, seen, 'note');
        return {
          ...base,
          head: { ...base.head, ...head, dossier: i % 5 === 0 ? dossier : base.head.dossier } as unknown as Head,
        };
      });
      fold(...entries);
    }),
    { numRuns: 500 },
  );
});
