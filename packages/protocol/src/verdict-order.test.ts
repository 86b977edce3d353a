import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judge, Registers } from './index.ts';
import type { LogSize, Verdict } from './index.ts';
import { by, first, headOf, hash, idAt, inputs, known, officer, parties, request } from './verdict.fixtures.ts';
import type { Said } from './verdict.fixtures.ts';

interface Entry extends Said {
  readonly index: number;
  readonly seen: number;
}

const administration = (type: string, key: string): Omit<Said, 'party'> => {
  const enrolment = {
    algorithm: 'ed25519',
    publicKey: new Uint8Array(32).toBase64(),
    kind: 'passkey',
    pseudonym: `o-${key}`,
    function: 'duty',
  };
  const said = type === 'relation/officer-key' ? enrolment : { reason: 'lost' };
  return { type, signers: [], more: inputs({ key: hash(key), ...said }) };
};
const acts: readonly Omit<Said, 'party'>[] = [
  administration('relation/officer-key', '1'),
  administration('relation/officer-key', '2'),
  administration('relation/officer-revoke', '2'),
  ...['open', 'guarded', 'suspended'].flatMap((setting) =>
    ['in', 'out'].map((direction) => ({
      type: 'relation/lane',
      signers: [officer('1'), officer('2')],
      more: inputs({ track: 'leads', direction, setting }),
    })),
  ),
  { type: 'leads/request', signers: [officer('1')], more: request },
  { type: 'leads/request', signers: [officer('1'), officer('2')], more: request },
  { type: 'leads/threat', signers: [officer('1')], more: { floor: true } },
];

const enrolments = [0, 1].flatMap((channel) => acts.slice(0, 2).map((act) => ({ channel, sees: 0, act })));
const histories = fc
  .array(fc.record({ channel: fc.nat(1), sees: fc.nat(3), act: fc.constantFrom(...acts) }), { maxLength: 40 })
  .map((steps) => {
    const channels: [Entry[], Entry[]] = [[], []];
    // Both begin with two officers, so that most of what follows can have effect.
    for (const { channel, sees, act } of [...enrolments, ...steps]) {
      const own = channel === 0 ? channels[0] : channels[1];
      const theirs = channel === 0 ? channels[1] : channels[0];
      const party = channel === 0 ? 'fr' : 'ma';
      const signers = act.signers.length === 0 ? by('administration', party) : act.signers;
      own.push({
        ...act,
        party,
        signers,
        index: own.length,
        seen: Math.min(theirs.length, (own.at(-1)?.seen ?? 0) + sees),
      });
    }
    return channels;
  });

/** Judges both channels in one of the orders in which a station may come to know them: `turns` says whose entry comes next. */
function judgeAll(
  channels: readonly [readonly Entry[], readonly Entry[]],
  turns: readonly boolean[],
): readonly string[] {
  const registers = new Registers(parties, first);
  const done: [number, number] = [0, 0];
  const verdicts = new Map<string, string>();
  for (let turn = 0; done[0] < channels[0].length || done[1] < channels[1].length; turn++) {
    const channel = (turns[turn % turns.length] ?? turn % 2 === 0) ? 0 : 1;
    const entry = [channel, channel === 0 ? 1 : 0]
      .map((side) => next(channels, done, side === 0 ? 0 : 1))
      .find((found) => found !== undefined);
    assert(entry !== undefined);
    done[entry.party === 'fr' ? 0 : 1]++;
    const position = { party: parties[entry.party === 'fr' ? 0 : 1], epoch: 0, index: entry.index as LogSize };
    const head = headOf(entry);
    const { seen, signers } = entry;
    const view = registers.view(position.party, entry.index, seen);
    const verdict: Verdict = judge({ head, position, seen, repeated: false, signers }, view, known);
    registers.apply({ id: idAt(entry.party, entry.index), head, position, seen: seen as LogSize, verdict });
    verdicts.set(`${entry.party} ${entry.index}`, verdict.kind === 'effective' ? 'effective' : verdict.reason);
  }
  return [...verdicts].map((pair) => pair.join(' ')).sort();
}

function next(
  channels: readonly [readonly Entry[], readonly Entry[]],
  done: readonly [number, number],
  side: 0 | 1,
): Entry | undefined {
  const entry = channels[side][done[side]];
  return entry !== undefined && entry.seen <= done[side === 0 ? 1 : 0] ? entry : undefined;
}

test('both stations come to the same verdict on every entry, in whichever order the channels reach them', () => {
  const turns = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(histories, turns, turns, (channels, ours, theirs) => {
      assert.deepEqual(judgeAll(channels, ours), judgeAll(channels, theirs));
    }),
    { numRuns: 300 },
  );
});
