import {
  type Accord,
  isActId,
  isSha256Hex,
  judge,
  type Known,
  type NotedReason,
  type Parties,
  type PartyId,
  Registers,
  type Sha256Hex,
  type SignerFact,
  type Verdict,
  type View,
} from '@entente/protocol';
import { type ApproverKey, type Crypto, keyIdOf, type Keyset } from '@entente/wire';
import { readAct, type ReadAct } from '../exchange/weigh-entry.ts';
import type { Channel } from '../store/channels.ts';
import type { Queryable } from '../store/database.ts';
import { type NewEntry, readActs } from '../store/entries.ts';
import { readProposedAccord } from './proposed-accord.ts';
import { ApprovalBook, type Signatory } from './approval-book.ts';

/** Where an entry stands or would stand: whose channel, at which index, having seen how much of the other's. */
export interface Place {
  readonly party: PartyId;
  readonly index: number;
  readonly seen: number;
}

/** What both sides hold besides the channels, as loaded from the store. */
export interface Trusted extends Known {
  readonly firstAccord: Sha256Hex;
  readonly parties: Parties;
  readonly keysets: readonly Keyset[];
}

/**
 * The registers of one relation and the judgement that rests on them, in memory: built from the register-writing entries
 * of both channels, brought up to date before each use, thrown away when a transaction fails.
 */
export class Authority {
  readonly #crypto: Crypto;
  readonly #relation: number;
  readonly #trusted: Trusted;
  /** Accords that proposals in the channels brought, by hash: what the roots then accept is one of these. */
  readonly #proposed = new Map<Sha256Hex, Accord>();
  readonly #known: Known;
  /** The keys of each keyset that sign acts, by their hash. */
  readonly #named = new WeakMap<Keyset, ReadonlyMap<Sha256Hex, ApproverKey>>();
  readonly #book: ApprovalBook;
  #registers: Registers;
  /** How far each channel's registers are taken in, by channel number. */
  #taken = new Map<number, number>();
  #forgotten = false;
  /** Ends when every verb that has had its turn has ended. */
  #turns: Promise<void> = Promise.resolve();

  constructor(crypto: Crypto, relation: number, trusted: Trusted) {
    this.#crypto = crypto;
    this.#relation = relation;
    this.#trusted = trusted;
    this.#known = { ...trusted, accord: (hash) => trusted.accord(hash) ?? this.#proposed.get(hash) };
    this.#book = new ApprovalBook(crypto);
    this.#registers = new Registers(trusted.parties, trusted.firstAccord);
  }

  /**
   * Runs a verb that judges and may record entries. It awaits its turn once it holds its rows and before it reads what it
   * judges by: of the verbs of one process one at a time goes on to its commit, and none is judged by what another recorded
   * and then failed to commit.
   */
  async guarded<Result>(verb: (turn: () => Promise<void>) => Promise<Result>): Promise<Result> {
    const ended = Promise.withResolvers<void>();
    let hasTurn = false;
    const turn = async (): Promise<void> => {
      const before = this.#turns;
      this.#turns = before.then(() => ended.promise);
      await before;
      hasTurn = true;
    };
    try {
      return await verb(turn);
    } catch (error) {
      if (hasTurn) this.forget();
      throw error;
    } finally {
      ended.resolve();
    }
  }

  /** Takes in what another process committed since, or everything after a start. */
  async catchUp(queryable: Queryable, ...channels: readonly Channel[]): Promise<void> {
    // A new epoch begins before the end of the one before.
    if (channels.some(({ channel, size }) => (this.#taken.get(channel) ?? 0) > size)) this.forget();
    const behind = channels.filter(({ channel, size }) => (this.#taken.get(channel) ?? 0) < size);
    if (behind.length === 0 && !this.#forgotten) return;
    const { rows } = await queryable.query<RegisterRow>({
      name: 'register-entries',
      text: `select channel, index, saw(entry) as seen, envelope, body from entry
             where register and ((channel = $1 and index >= $2) or (channel = $3 and index >= $4)) order by rank`,
      values: [0, 1].flatMap((at) => {
        const channel = channels[at];
        return [channel?.channel ?? 0, this.#taken.get(channel?.channel ?? 0) ?? 0];
      }),
    });
    const acts = rows.map(({ envelope, body }) => readAct(this.#crypto, envelope, body ?? undefined));
    for (const act of acts) this.#learn(act);
    // Before they are in force: whoever looks meanwhile finds no accord that is not here.
    await this.loadAccords(queryable, acts);
    if (this.#forgotten) this.#registers = new Registers(this.#trusted.parties, this.#trusted.firstAccord);
    this.#forgotten = false;
    for (const [at, act] of acts.entries()) {
      const row = rows[at];
      const channel = channels.find((one) => one.channel === row?.channel);
      if (row === undefined || channel === undefined) continue;
      this.#apply(act, { party: channel.owner, index: row.index, seen: row.seen });
    }
    for (const { channel, size } of channels) this.#taken.set(channel, size);
  }

  /** Another one that has taken nothing in yet. */
  anew(): Authority {
    return new Authority(this.#crypto, this.#relation, this.#trusted);
  }

  addApproval(bytes: Uint8Array): Sha256Hex {
    return this.#book.add(bytes);
  }

  /** Loads the approvals that acts name. @returns the hashes of those found nowhere */
  loadApprovals(queryable: Queryable, acts: readonly ReadAct[]): Promise<readonly Sha256Hex[]> {
    const named = acts.flatMap(({ signatures }) => signatures.map(({ approval }) => approval));
    return this.#book.load(queryable, this.#relation, named);
  }

  /** Loads the accords that acts accept and that are not at hand: a proposal's body may have come after its act was taken in. */
  async loadAccords(queryable: Queryable, acts: readonly ReadAct[]): Promise<void> {
    const named = acts.flatMap((act) => (this.lacksAccord(act) ? [act.head?.inputs['proposal']] : []));
    const proposals = await readActs(queryable, this.#relation, named.filter(isActId));
    for (const { envelope, body } of proposals) this.#learn(readAct(this.#crypto, envelope, body));
  }

  /** Whether an act accepts an accord that is not here: nothing could be judged after it. */
  lacksAccord({ head }: ReadAct): boolean {
    if (head?.type !== 'relation/accord-acceptance') return false;
    const { accord } = head.inputs;
    return isSha256Hex(accord) && this.#known.accord(accord) === undefined;
  }

  /** The final word on an entry at its author's past: undefined where it is effective (PROTOCOL §3.3). */
  verdict(act: ReadAct, place: Place, repeated: boolean): Verdict {
    const view = this.#registers.view(place.party, place.index, place.seen);
    const signers = act.signatures.map((signature) => this.#factOf(act, signature, view));
    const position = { party: place.party, epoch: 1, index: place.index as never };
    return judge({ head: act.head ?? 'malformed', position, seen: place.seen, repeated, signers }, view, this.#known);
  }

  judge(act: ReadAct, place: Place, repeated: boolean): NotedReason | undefined {
    const verdict = this.verdict(act, place, repeated);
    return verdict.kind === 'noted' ? verdict.reason : undefined;
  }

  /** Takes an entry's writes in, before its transaction commits: what follows in the same parcel is judged by them. */
  record(act: ReadAct, place: Place, entry: Pick<NewEntry, 'register'>, channel: number): void {
    if (entry.register) {
      this.#learn(act);
      this.#apply(act, place);
    }
    this.#taken.set(channel, place.index + 1);
  }

  /** The registers as a party sees them now. */
  present(party: PartyId): View {
    return this.#registers.view(party, Infinity, Infinity);
  }

  /** The registers of a party as they were at a size of its channel. */
  viewOf(party: PartyId, size: number): View {
    return this.#registers.view(party, size, Infinity);
  }

  /** Starts anew from the channels, at the next `catchUp`. Until then who only looks goes on seeing what was known. */
  forget(): void {
    this.#forgotten = true;
    this.#taken = new Map();
  }

  /** The accord by which the relation was founded: whatever changes, both know it. */
  get firstAccord(): Sha256Hex {
    return this.#trusted.firstAccord;
  }

  /** The accord in force for a party now. */
  accord(party: PartyId): { readonly hash: Sha256Hex; readonly accord: Accord } {
    const hash = this.present(party).accord;
    const accord = this.#known.accord(hash);
    if (accord === undefined) throw new Error(`the accord ${hash} in force is not in the store`);
    return { hash, accord };
  }

  /** An accord by its hash, then each that came after it, up to the one in force for a party now. */
  accordsFrom(hash: Sha256Hex, party: PartyId): readonly Accord[] {
    const later: Accord[] = [];
    for (let at: Sha256Hex | undefined = this.present(party).accord; at !== undefined && at !== hash;) {
      const accord = this.#known.accord(at);
      if (accord === undefined) break;
      later.unshift(accord);
      at = accord.previous;
    }
    const first = this.#known.accord(hash);
    return first === undefined ? [] : [first, ...later];
  }

  #apply(act: ReadAct, place: Place): void {
    if (act.head === undefined) return;
    this.#registers.apply({
      id: act.id,
      head: act.head,
      position: { party: place.party, epoch: 1, index: place.index as never },
      seen: place.seen as never,
      verdict: { kind: 'effective' },
    });
  }

  #learn(act: ReadAct): void {
    const proposed = readProposedAccord(this.#crypto, act, this.#trusted.parties);
    if (proposed !== undefined) this.#proposed.set(proposed.hash, proposed.accord);
  }

  /** Keys are looked up by their hash, terms by the accord in force in the author's past. */
  #factOf(act: ReadAct, signature: ReadAct['signatures'][number], view: View): SignerFact {
    const signatory = this.#signatoryOf(signature.key, view);
    const kind = signatory?.key.kind ?? 'officer';
    const valid = this.#book.holds(act.id, signature, view.accord, signatory);
    return { kind, key: signature.key, valid };
  }

  /** Whose key this is, by its hash: of the party's keysets and root, else of its officers. */
  #signatoryOf(key: Sha256Hex, { author: party, accord, officerKey }: View): Signatory | undefined {
    const terms = this.#termsOf(party, accord);
    if (terms === undefined) return undefined;
    for (const keyset of this.#trusted.keysets) {
      const found = keyset.party === party ? this.#keysOf(keyset).get(key) : undefined;
      if (found !== undefined) return { key: found, terms };
    }
    const officer = officerKey(key);
    if (officer === undefined) return undefined;
    const algorithm = officer.algorithm === 'p256' ? 'p256' : 'ed25519';
    const publicKey = Uint8Array.fromBase64(officer.publicKey);
    return { key: { kind: 'officer', keyKind: officer.kind, algorithm, publicKey }, terms };
  }

  #keysOf(keyset: Keyset): ReadonlyMap<Sha256Hex, ApproverKey> {
    const known = this.#named.get(keyset);
    if (known !== undefined) return known;
    const { root, keys } = keyset;
    const approvers: readonly ApproverKey[] = [
      { kind: 'station', publicKey: keys.station },
      { kind: 'administration', publicKey: keys.administration },
      { kind: 'root', root },
    ];
    const named = new Map(approvers.map((key) => [keyIdOf(this.#crypto, key), key]));
    this.#named.set(keyset, named);
    return named;
  }

  #termsOf(party: PartyId, accord: Sha256Hex): Signatory['terms'] | undefined {
    return this.#known.accord(accord)?.parties.find(({ id }) => id === party)?.signing;
  }
}

interface RegisterRow {
  readonly channel: number;
  readonly index: number;
  readonly seen: number;
  readonly envelope: Uint8Array;
  readonly body: Uint8Array | null;
}
