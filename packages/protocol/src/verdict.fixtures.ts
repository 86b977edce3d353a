import assert from 'node:assert/strict';
import { judge, Registers, relationDossier } from './index.ts';
import type {
  Accord,
  ActId,
  ActType,
  Head,
  JsonObject,
  Known,
  LogSize,
  OfficerKeyKind,
  Parties,
  PartyId,
  Sha256Hex,
  SignerFact,
  Track,
} from './index.ts';

export const parties: Parties = ['fr' as PartyId, 'ma' as PartyId];
export const hash = (digit: string): Sha256Hex => digit.padEnd(64, '0') as Sha256Hex;
export const first: Sha256Hex = hash('acc0');

const base = { by: 'either', effect: 'union', from: 'any', inputs: [], fields: [], gates: [] } as const;
const types: readonly ActType[] = [
  { ...base, name: 'request', author: 'one-officer', transfers: true, gates: ['purpose'] },
  { ...base, name: 'grant', author: 'two-officers' },
  { ...base, name: 'threat', author: 'two-officers', gates: ['purpose'] },
];
const track: Track = {
  name: 'leads',
  version: 1,
  states: [],
  closed: [],
  acts: types,
  clocks: [],
  gates: [],
  counters: [],
  initialData: {},
  fold: (data) => data,
  words: {},
};

function terms(id: string): object {
  return { id, root: { ed25519: `${id}-root`, mldsa44: '' }, keyset: hash(`${id === 'fr' ? 'f' : 'e'}0`) };
}
const accord = {
  parties: [terms('fr'), terms('ma')],
  tracks: [{ name: 'leads', version: 1 }],
  legalBases: ['SAFE-37b'],
  floor: [{ type: 'leads/threat', marking: 'threat' }],
  officerKeys: ['passkey'],
} as unknown as Accord;
const [french, moroccan] = accord.parties;
const accords = new Map([
  ...[first, hash('acc1'), hash('acc2')].map((name) => [name, accord] as const),
  // Agreed on in place of the first, with another key of a party.
  [hash('acc3'), { ...accord, parties: [french, { ...moroccan, root: { ...moroccan.root, mldsa44: 'x' } }] }],
  [hash('acc4'), { ...accord, parties: [french, { ...moroccan, keyset: hash('e1') }] }],
  [hash('acc5'), { ...accord, parties: [moroccan, french] }],
] as readonly (readonly [Sha256Hex, Accord])[]);
export const known: Known = {
  accord: (name) => accords.get(name),
  keyset: (name) => ({
    station: hash(`5${name}`.slice(0, 4)),
    administration: hash(`ad${name}`.slice(0, 4)),
    root: hash(`10${name}`.slice(0, 4)),
  }),
  tracks: [track],
};
/** The key of a party's first keyset. */
const keyOf = (kind: 'station' | 'administration' | 'root', party: string): Sha256Hex =>
  known.keyset(hash(party === 'fr' ? 'f0' : 'e0'))?.[kind] ?? hash('');

export interface Said {
  readonly party: string;
  readonly type: string;
  readonly signers: readonly SignerFact[];
  readonly more: Partial<Head>;
}

/** A head as the reader would give it; what the tests do not speak of is left out. */
export function headOf({ party, type, more }: Said): Head {
  return {
    v: 1,
    type,
    trackVersion: 1,
    from: party,
    to: party === 'fr' ? 'ma' : 'fr',
    accord: first,
    basis: [],
    dossier: type.startsWith('relation/') ? relationDossier : 'd'.repeat(32),
    inputs: {},
    gates: [],
    handling: { codes: [] },
    author: { function: 'duty', pseudonym: 'o-1' },
    ...more,
  } as unknown as Head;
}

/** A relation in which acts are judged and taken in as two stations would. */
export class Relation {
  readonly registers: Registers = new Registers(parties, first);
  readonly sizes: [number, number] = [0, 0];

  say(
    party: string,
    type: string,
    signers: readonly SignerFact[],
    more: Partial<Head> & { seen?: number; repeated?: true } = {},
  ): string {
    const channel = party === 'fr' ? 0 : 1;
    const index = this.sizes[channel]++ as LogSize;
    const { seen = this.sizes[1 - channel] ?? 0, repeated = false, ...changed } = more;
    const head = headOf({ party, type, signers, more: changed });
    const position = { party: party as PartyId, epoch: 0, index };
    const verdict = judge(
      { head, position, seen, repeated, signers },
      this.registers.view(position.party, index, seen),
      known,
    );
    this.registers.apply({ id: idAt(party, index), head, position, seen: seen as LogSize, verdict });
    return verdict.kind === 'effective' ? 'effective' : verdict.reason;
  }

  enrol(party: string, key: string, pseudonym: string, kind: OfficerKeyKind = 'passkey'): string {
    const publicKey = new Uint8Array(32).toBase64();
    const inputs = { key: hash(key), algorithm: 'ed25519', publicKey, kind, pseudonym, function: 'duty' };
    return this.say(party, 'relation/officer-key', by('administration', party), { inputs });
  }

  lane(party: string, direction: string, setting: string): string {
    const signers = [officer('1'), officer('2')];
    return this.say(party, 'relation/lane', signers, { inputs: { track: 'leads', direction, setting } });
  }
}

export function idAt(party: string, index: number): ActId {
  return hash(`${party === 'fr' ? 'a' : 'b'}${index}f`) as ActId;
}
export function by(kind: 'station' | 'administration' | 'root', party: string): readonly SignerFact[] {
  return [{ kind, key: keyOf(kind, party), valid: true }];
}
export function officer(key: string, valid = true): SignerFact {
  return { kind: 'officer', key: hash(key), valid };
}
export function enrolled(): Relation {
  const relation = new Relation();
  for (const party of ['fr', 'ma']) {
    assert.equal(relation.enrol(party, '1', 'o-1'), 'effective');
    assert.equal(relation.enrol(party, '2', 'o-2'), 'effective');
  }
  return relation;
}
export const request: Partial<Head> = {
  legalBasis: 'SAFE-37b',
  gates: [{ gate: 'purpose', result: 'passed', reasoning: hash('9') }],
};
export const inputs = (values: JsonObject): { readonly inputs: JsonObject } => ({ inputs: values });
