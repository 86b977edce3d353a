import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { foldDossier, lineUp, stateBytes, writeHead } from '@entente/protocol';
import type {
  ActId,
  ActType,
  DossierId,
  Head,
  JsonObject,
  LinedAct,
  LogSize,
  NotedReason,
  Parties,
  PartyId,
  Track,
} from '@entente/protocol';

// Writes tests/vectors/cuts: two channels of heads, a cut, and the state both sides must come to, byte for byte.
const folder = new URL('../tests/vectors/cuts/', import.meta.url);
const parties: Parties = ['fr' as PartyId, 'ma' as PartyId];

const base = { author: 'one-officer', by: 'either', inputs: [], fields: [], gates: [] } as const;
const acts: readonly ActType[] = [
  { ...base, name: 'ask', effect: 'transition', from: [], to: 'asked', clocks: [{ clock: 'reply', move: 'start' }] },
  {
    ...base,
    name: 'query',
    by: 'other',
    effect: 'transition',
    from: ['asked'],
    to: 'queried',
    clocks: [{ clock: 'reply', move: 'stop' }],
  },
  {
    ...base,
    name: 'explain',
    by: 'opener',
    effect: 'transition',
    from: ['queried'],
    to: 'asked',
    clocks: [{ clock: 'reply', move: 'resume' }],
  },
  {
    ...base,
    name: 'issue',
    by: 'other',
    effect: 'transition',
    from: ['asked'],
    to: 'issued',
    clocks: [{ clock: 'reply', move: 'end' }],
  },
  {
    ...base,
    name: 'revoke',
    effect: 'transition',
    from: ['asked', 'queried', 'issued'],
    to: 'revoked',
    precedence: 1,
    clocks: [{ clock: 'reply', move: 'end' }],
  },
  { ...base, name: 'note', effect: 'union', from: ['asked', 'queried', 'issued'] },
  { ...base, name: 'correct', by: 'owner', effect: 'owner-only', from: 'any', speaksOf: 'own' },
];
const track: Track = {
  name: 'papers',
  version: 1,
  states: ['asked', 'queried', 'issued', 'revoked'],
  closed: ['revoked'],
  acts,
  clocks: ['reply'],
  gates: [],
  counters: [],
  initialData: {},
  fold: (data) => data,
  words: {},
};

interface Entry {
  readonly party: PartyId;
  readonly index: number;
  readonly seen: number;
  readonly id: ActId;
  readonly head: string;
  readonly read: Head;
  readonly verdict: LinedAct['verdict'];
}
interface Said {
  readonly sees: number;
  readonly leaves?: Entry;
  readonly of?: Entry;
  readonly inputs?: JsonObject;
  readonly noted?: NotedReason;
}

/** Both channels as they grow. */
class History {
  readonly entries: Entry[] = [];

  say(from: string, type: string, { sees, leaves, of, inputs = {}, noted }: Said): Entry {
    const party = from as PartyId;
    const index = this.entries.filter((entry) => entry.party === party).length;
    const read = {
      v: 1,
      type,
      trackVersion: 1,
      from,
      to: from === 'fr' ? 'ma' : 'fr',
      relation: 'fr-ma',
      accord: '9f'.repeat(32),
      dossier: '00112233445566778899aabbccddeeff' as DossierId,
      basis: [],
      ...(leaves === undefined ? {} : { leaves: leaves.id }),
      handling: { codes: ['H0'] },
      inputs: { ...inputs, ...(of === undefined ? {} : { of: of.id }) },
      gates: [],
      author: { function: 'duty-officer', pseudonym: `o-${index}` },
    } as unknown as Head;
    const bytes = writeHead(read);
    const id = createHash('sha256').update(bytes).digest('hex') as ActId;
    const verdict =
      noted === undefined ? ({ kind: 'effective' } as const) : ({ kind: 'noted', reason: noted } as const);
    const entry = { party, index, seen: sees, id, head: new TextDecoder().decode(bytes), read, verdict };
    this.entries.push(entry);
    return entry;
  }
}

const histories: Readonly<Record<string, (history: History) => void>> = {
  'asked-and-issued': (h) => {
    const ask = h.say('fr', 'papers/ask', { sees: 0 });
    h.say('ma', 'papers/issue', { sees: 1, leaves: ask });
  },
  'revocation-overtakes-issue': (h) => {
    const ask = h.say('fr', 'papers/ask', { sees: 0 });
    h.say('fr', 'papers/note', { sees: 0 });
    h.say('ma', 'papers/issue', { sees: 1, leaves: ask });
    h.say('fr', 'papers/revoke', { sees: 0, leaves: ask });
  },
  'first-in-line-stands': (h) => {
    const ask = h.say('fr', 'papers/ask', { sees: 0 });
    h.say('ma', 'papers/revoke', { sees: 1, leaves: ask });
    h.say('fr', 'papers/revoke', { sees: 0, leaves: ask });
  },
  'what-hangs-on-the-overtaken-falls': (h) => {
    const ask = h.say('fr', 'papers/ask', { sees: 0 });
    const query = h.say('ma', 'papers/query', { sees: 1, leaves: ask });
    h.say('fr', 'papers/revoke', { sees: 0, leaves: ask });
    h.say('fr', 'papers/explain', { sees: 1, leaves: query });
  },
  'clock-stopped-and-resumed': (h) => {
    const ask = h.say('fr', 'papers/ask', { sees: 0 });
    const query = h.say('ma', 'papers/query', { sees: 1, leaves: ask });
    const explain = h.say('fr', 'papers/explain', { sees: 1, leaves: query });
    h.say('ma', 'papers/issue', { sees: 2, leaves: explain });
  },
  'late-note-keeps-its-effect': (h) => {
    const ask = h.say('fr', 'papers/ask', { sees: 0 });
    h.say('fr', 'papers/revoke', { sees: 0, leaves: ask });
    h.say('ma', 'papers/note', { sees: 1 });
    h.say('ma', 'papers/note', { sees: 2 });
  },
  'recall-narrow-erase-and-answers': (h) => {
    const ask = h.say('fr', 'papers/ask', { sees: 0 });
    h.say('fr', 'papers/narrow', { sees: 0, of: ask, inputs: { codes: ['H2'], until: '2027-01-31' } });
    const recall = h.say('fr', 'papers/recall', { sees: 0, of: ask, inputs: { ground: 'error' } });
    h.say('ma', 'papers/recall-answer', { sees: 3, of: recall, inputs: { answer: 'acknowledged' } });
    h.say('ma', 'papers/recall-answer', { sees: 3, of: recall, inputs: { answer: 'refused', ground: 'R7' } });
    h.say('fr', 'papers/recall', { sees: 2, of: recall, inputs: { ground: 'error' } });
    const erase = h.say('ma', 'papers/erase', { sees: 4, of: ask, inputs: { ground: 'retention-ended' } });
    h.say('fr', 'papers/erase-answer', { sees: 3, of: erase, inputs: { answer: 'erased' } });
  },
  'everything-noted-is-kept': (h) => {
    const ask = h.say('fr', 'papers/ask', { sees: 0 });
    h.say('ma', 'papers/note', { sees: 0 });
    h.say('ma', 'papers/ask', { sees: 1 });
    h.say('ma', 'papers/correct', { sees: 1, of: ask });
    h.say('fr', 'papers/issue', { sees: 3, leaves: ask });
    h.say('fr', 'papers/unheard-of', { sees: 3 });
    h.say('fr', 'relation/exercise', { sees: 3 });
    h.say('fr', 'papers/note', { sees: 3, noted: 'key-revoked' });
    h.say('ma', 'papers/note', { sees: 5, noted: 'lane-closed' });
  },
  'never-opened': (h) => {
    h.say('ma', 'papers/note', { sees: 0 });
  },
};

mkdirSync(folder, { recursive: true });
for (const [name, tell] of Object.entries(histories)) {
  const history = new History();
  tell(history);
  const line = lineUp(history.entries, parties);
  const lined = line.map(({ id, read, party, index, seen, rank, verdict }) => ({
    id,
    head: read,
    rank,
    position: { party, epoch: 0, index: index as LogSize },
    seen: seen as LogSize,
    verdict,
  }));
  const state = foldDossier(track, lined);
  const channel = (party: PartyId): unknown =>
    history.entries
      .filter((entry) => entry.party === party)
      .map(({ id, seen, verdict, head }) => ({ id, seen, verdict, head }));
  const { fold: _fold, words: _words, counters: _counters, ...declared } = track;
  const vector = {
    parties,
    track: declared,
    channels: { fr: channel(parties[0]), ma: channel(parties[1]) },
    cut: parties.map((party) => history.entries.filter((entry) => entry.party === party).length),
    line: line.map(({ party, index, rank }) => `${party} ${index} rank ${rank}`),
    state: state === undefined ? null : new TextDecoder().decode(stateBytes(state)),
  };
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(vector, undefined, 2)}\n`);
}
