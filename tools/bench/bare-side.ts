import { appendLeaves, emptyFrontier, type Frontier, rootOf } from '@entente/c2sp';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { HighWater } from '../../packages/station/src/custody/high-water.ts';
import { copyRows } from '../../packages/station/src/store/copy-rows.ts';
import { type Database, openDatabase, transact } from '../../packages/station/src/store/database.ts';
import { type BareAct, type BareEntry, readBareAct } from './bare-acts.ts';
import { readBareParcel, writeBareParcel } from './bare-parcel.ts';
import { checkBare, openBare, sealBare, signatureBytes, signBare } from './bare-sealing.ts';
import { type BareKeys, type BareTerms, columns, keysOf, tablesOf } from './bare-terms.ts';

/** A parcel made, and the head it ends at: what the receipt must be for. */
export interface Made {
  readonly sealed: Uint8Array;
  readonly head: Uint8Array;
}

interface Seen {
  readonly size: number;
  readonly root: string;
}

/** One of the two processes: its own channel, and what it holds of the other's. */
export class BareSide {
  readonly #database: Database;
  readonly #keys: BareKeys;
  readonly #highWater: HighWater;
  #own: Frontier = emptyFrontier;
  #theirs: Frontier = emptyFrontier;
  #seen: Seen = { size: 0, root: '0'.repeat(64) };

  private constructor(database: Database, terms: BareTerms) {
    this.#database = database;
    this.#keys = keysOf(terms);
    this.#highWater = new HighWater(terms.folder);
  }

  static async open(terms: BareTerms): Promise<BareSide> {
    const database = await openDatabase(terms.databaseUrl);
    for (const name of ['own', 'theirs']) await database.query(tablesOf(name));
    return new BareSide(database, terms);
  }

  /** Hash, tree, COPY, commit; the size on disk, sign, seal. */
  async make(acts: readonly BareAct[]): Promise<Made> {
    const seen = this.#seen;
    const time = Date.now();
    const entries = acts.map((act) => readBareAct(act, seen, time));
    const { frontier, head } = append(this.#own, entries);
    await this.#keep('own', this.#own.size, entries, head);
    this.#own = frontier;
    await this.#highWater.raise('own', { size: frontier.size, root: rootOf(nodeCrypto, frontier) });
    const signatures = signBare(this.#keys, head);
    return { head, sealed: sealBare(this.#keys.sealTo, writeBareParcel(signatures, seen, time, acts)) };
  }

  /** Open, hash, tree, hold the root against the signed head, COPY, commit. @returns the receipt: the head, signed */
  async accept(sealed: Uint8Array): Promise<Uint8Array> {
    const { signatures, seen, time, acts } = readBareParcel(openBare(this.#keys.openWith, sealed));
    const entries = acts.map((act) => readBareAct(act, seen, time));
    const { frontier, head } = append(this.#theirs, entries);
    checkBare(this.#keys, head, signatures);
    await this.#keep('theirs', this.#theirs.size, entries, head);
    this.#theirs = frontier;
    this.#seen = { size: frontier.size, root: rootOf(nodeCrypto, frontier).toHex() };
    const receipt = signBare(this.#keys, head);
    await this.#database.query('update theirs_head set receipt = $1', [receipt]);
    return receipt;
  }

  /** Checks the counterpart's receipt for our own head, and keeps it. */
  async keepReceipt(head: Uint8Array, receipt: Uint8Array): Promise<void> {
    if (receipt.length !== signatureBytes) throw new Error('no receipt');
    checkBare(this.#keys, head, receipt);
    await this.#database.query('update own_head set receipt = $1', [receipt]);
  }

  close(): Promise<void> {
    return this.#database.end();
  }

  async #keep(name: string, first: number, entries: readonly BareEntry[], head: Uint8Array): Promise<void> {
    await transact(this.#database, async (transaction) => {
      const rows = entries.map(({ act, leaf, envelope, body }, at) => [first + at, act, leaf, envelope, body]);
      await copyRows(transaction, name, columns, rows);
      const size = first + entries.length;
      await transaction.query(`update ${name}_head set size = $1, head = $2 where size = $3`, [size, head, first]);
    });
  }
}

/** The tree after these entries, and what is signed of it. */
function append(before: Frontier, entries: readonly BareEntry[]): { frontier: Frontier; head: Uint8Array } {
  const { frontier } = appendLeaves(
    nodeCrypto,
    before,
    entries.map(({ leaf }) => leaf),
  );
  return { frontier, head: Buffer.concat([Buffer.from(`${frontier.size}\n`), rootOf(nodeCrypto, frontier)]) };
}
