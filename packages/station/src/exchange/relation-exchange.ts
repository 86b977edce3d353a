import { setTimeout as sleep } from 'node:timers/promises';
import { type LogSize, Refusal, type RefusalCode } from '@entente/protocol';
import { acceptCosigned } from '../custody/accept-cosigned.ts';
import { acceptNotice } from '../custody/accept-notice.ts';
import { AwaitedBodies } from '../custody/awaited-bodies.ts';
import { type Question, readQuestion } from '../custody/question.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { readChannel, readStandings, type Standings } from '../store/channels.ts';
import { catchUp } from '../custody/catch-up.ts';
import { noteHeldBeyond, sendFromThere } from '../custody/caught-up.ts';
import { heedConflict } from '../custody/heed-conflict.ts';
import { noteTaken, untakenNotices } from '../store/notices.ts';
import { noteClock } from '../release/check-clock.ts';
import { acceptExpress } from './accept-express.ts';
import { answerQuestion } from './answer-question.ts';
import { acceptSealed } from './accept-sealed.ts';
import { delayOf, linkAnswered, linkFailed, type LinkState, newLink, wakeLink } from './link/link-state.ts';
import type { PeerClient } from './link/peer-client.ts';
import { dueExpress, dueFloor, makeExpress } from './make-express.ts';
import { makeParcel, type Parcel } from './make-parcel.ts';
import { NoticesAgain } from './notices-again.ts';
import type { Wakeable } from './wakeable.ts';

/** How a station reaches its counterpart. */
export interface ExchangeTerms {
  readonly client: PeerClient;
  /** Speaks under our TLS key before this one: to a counterpart that has not our new keyset yet. Closed after use. */
  readonly clientBefore?: () => PeerClient | undefined;
  readonly woken: Wakeable;
  /** Whether this station alone dials: then it fetches the counterpart's parcels too. */
  readonly fetches: boolean;
  /** One pass over attachments that wait; whether any moved. */
  readonly moveAttachments: () => Promise<boolean>;
  /** Says by itself what there is to say to acts that came; never fails. */
  readonly onAccepted: () => Promise<void>;
  readonly chance: () => number;
  readonly onState: (state: LinkState) => void;
  /** A defect of this station: the loop goes on, the log says what happened. */
  readonly onDefect: (error: unknown) => void;
}

const longPollSeconds = 30;
// Who answers a long poll at once, and with nothing, is not asked again before this.
const shortestPoll = 1000;
// However often it is woken, a link that fails is not tried without pause.
const shortestBackOff = 50;
// Where no call to release was heard, the outbox is looked at all the same.
const lookAgain = 15_000;

/**
 * Keeps one relation's two channels level over HTTPS: sends what the counterpart lacks, and fetches what we lack where it
 * cannot dial in. Ends only when stopped; whatever fails is tried again with back-off.
 */
export class RelationExchange {
  readonly #parts: Parts;
  readonly #relation: Relation;
  readonly #terms: ExchangeTerms;
  readonly #noticesAgain: NoticesAgain;
  readonly #awaitedBodies: AwaitedBodies;
  readonly #stop = new AbortController();
  readonly #loops: Promise<void>[] = [];
  #link: LinkState;

  constructor(parts: Parts, relation: Relation, terms: ExchangeTerms) {
    this.#parts = parts;
    this.#relation = relation;
    this.#terms = terms;
    this.#noticesAgain = new NoticesAgain(parts, relation);
    this.#awaitedBodies = new AwaitedBodies(parts, relation);
    this.#link = newLink(parts.clock.now());
  }

  get link(): LinkState {
    return this.#link;
  }

  start(): void {
    this.#loops.push(this.#repeat(() => this.#sendAll()));
    this.#loops.push(this.#repeat(() => this.#moveFiles()));
    if (this.#terms.fetches) this.#loops.push(this.#repeat(() => this.#fetchNext()));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#terms.client.close();
    await Promise.all(this.#loops);
  }

  async #repeat(round: () => Promise<void>): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const seen = this.#terms.woken.count;
      try {
        await round();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        await this.#failed(error, seen);
      }
    }
  }

  /** Sends parcel after parcel; the next is made while one is under way. Then sleeps until woken. */
  async #sendAll(): Promise<void> {
    let seen = this.#terms.woken.count;
    await this.#sendNotices();
    const { have, asks } = await this.#readHeads();
    this.#answered();
    const question = asks === undefined ? undefined : readQuestion(asks);
    const wasCutBack = await this.#noticesAgain.noteHeld(have);
    const asksAnew = question !== undefined && (await this.#noticesAgain.noteAsks(question.nonce));
    if (wasCutBack || asksAnew) await this.#sendNotices();
    // It was restored: what it lacks goes before anything else, piece by piece, and it asks again.
    if (question !== undefined) return this.#answer(question);
    const [standings] = await Promise.all([this.#caughtUp(have), this.#noteClock()]);
    const ahead = await dueExpress(this.#parts, this.#relation, have, standings);
    await this.#sendAhead(ahead);
    const from = sendFromThere(standings.own, have);
    let next = makeParcel(this.#parts, this.#relation, from, standings.own);
    for (let parcel = await next; parcel !== undefined; parcel = await next) {
      seen = this.#terms.woken.count;
      const [due] = await Promise.all([dueExpress(this.#parts, this.#relation, parcel.start), this.#sendNotices()]);
      await this.#sendAhead(due);
      const sent = this.#send(parcel);
      next = makeParcel(this.#parts, this.#relation, parcel.end);
      // Whatever it comes to is looked at when its turn comes; if sending fails first, it is made again from the channel.
      next.catch(() => {});
      await sent;
      if (this.#stop.signal.aborted) return;
    }
    await this.#asleep(lookAgain, seen);
  }

  async #noteClock(): Promise<void> {
    const { heard } = this.#terms.client;
    if (heard !== undefined) await noteClock(this.#parts, this.#relation, heard);
  }

  /** Brings back first what the counterpart holds of our channel and we do not. @returns how both channels stand then */
  async #caughtUp(have: LogSize): Promise<Standings> {
    const { database } = this.#parts;
    const standings = await readStandings(database, this.#relation.number);
    const { client } = this.#terms;
    if (have <= standings.own.size && standings.own.stopped === undefined) {
      await this.#awaitedBodies.ask(client);
      return standings;
    }
    await noteHeldBeyond(this.#parts, this.#relation, have);
    await this.#awaitedBodies.ask(client);
    await catchUp(this.#parts, this.#relation, client);
    return readStandings(database, this.#relation.number);
  }

  /** Who knows us again by the key before was restored to before our root's notice of the new one. */
  async #readHeads(): ReturnType<PeerClient['readHeads']> {
    try {
      return await this.#terms.client.readHeads();
    } catch (error) {
      if (error instanceof Refusal && (await this.#isKnownByKeyBefore())) await this.#noticesAgain.noteOldKey();
      throw error;
    }
  }

  async #isKnownByKeyBefore(): Promise<boolean> {
    return this.#underKeyBefore((client) => client.readHeads());
  }

  /** Whether the counterpart answers what we ask under our key before this one: else it knows the new one already, or neither. */
  async #underKeyBefore(ask: (client: PeerClient) => Promise<unknown>): Promise<boolean> {
    const client = this.#terms.clientBefore?.();
    if (client === undefined) return false;
    try {
      await ask(client);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    } finally {
      await client.close();
    }
  }

  async #answer(question: Question): Promise<void> {
    const recipient = this.#relation.sealTo();
    await this.#terms.client.sendAnswer(await answerQuestion(this.#parts, this.#relation, question, recipient));
  }

  async #send({ sealed, start }: Parcel): Promise<void> {
    try {
      const { cosigned } = await this.#terms.client.sendParcel(sealed);
      await acceptCosigned(this.#parts, this.#relation, cosigned);
    } catch (error) {
      await heedConflict(this.#parts, this.#relation, error);
      if (error instanceof Refusal && error.code === 'quota-exceeded') {
        await this.#sendAhead(await dueFloor(this.#parts, this.#relation, start));
      }
      throw error;
    }
  }

  /** Express goes before bulk (PROTOCOL §2.6). */
  async #sendAhead(indexes: readonly LogSize[]): Promise<void> {
    try {
      for (const index of indexes) {
        const answer = await this.#terms.client.sendExpress(await makeExpress(this.#parts, this.#relation, index));
        await acceptExpress(this.#parts, this.#relation, answer);
      }
    } catch (error) {
      // The counterpart holds as much ahead as it will: the rest comes in order.
      if (!(error instanceof Refusal) || error.code !== 'quota-exceeded') throw error;
    }
  }

  /** What our root said goes before everything: parcels may be signed by keys that only its notice announces. */
  async #sendNotices(): Promise<void> {
    const { number, own } = this.#relation;
    for (const { hash, bytes } of await untakenNotices(this.#parts.database, number, own)) {
      if (!(await this.#underKeyBefore((client) => client.sendNotice(bytes))))
        await this.#terms.client.sendNotice(bytes);
      await noteTaken(this.#parts.database, number, hash);
    }
  }

  async #fetchNext(): Promise<void> {
    const again = performance.now() + shortestPoll;
    if (await this.#fetchOne()) return;
    // What wakes us for our own outbox is no reason to ask.
    await this.#pause(again - performance.now());
  }

  /** @returns whether it brought news */
  async #fetchOne(): Promise<boolean> {
    const { database } = this.#parts;
    const { size } = await readChannel(database, this.#relation.number, this.#relation.counterpart);
    const sealed = await this.#fetchParcel(size);
    if (sealed === undefined) return false;
    const taken = await acceptSealed(this.#parts, this.#relation, sealed);
    void this.#terms.onAccepted().finally(() => this.#terms.woken.wake());
    if (taken.kind === 'run') {
      await this.#terms.client.sendCosigned(taken.cosigned.note);
      return taken.fresh > 0;
    }
    if (taken.answer.length > 0) await this.#terms.client.sendExpress(taken.answer);
    return true;
  }

  /** Where a notice of the counterpart's root comes first, that is taken in place of a parcel. */
  async #fetchParcel(from: LogSize): Promise<Uint8Array | undefined> {
    const { client } = this.#terms;
    try {
      return await client.fetchParcel(from, longPollSeconds, this.#stop.signal);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'key-unknown') throw error;
    }
    const notice = await client.fetchNotice();
    if (notice === undefined) return undefined;
    await acceptNotice(this.#parts, this.#relation, notice);
    await client.sendNoticeTaken(this.#parts.crypto.sha256Hex(notice));
    return undefined;
  }

  /** Files are announced by acts: they are looked for whenever acts move. */
  async #moveFiles(): Promise<void> {
    const seen = this.#terms.woken.count;
    if (!(await this.#terms.moveAttachments())) await this.#asleep(lookAgain, seen);
  }

  #answered(): void {
    this.#become(linkAnswered(this.#link, this.#parts.clock.now()));
  }

  /** Sits out the back-off, unless woken; a call that came while the attempt ran counts: the counterpart may be back by then. */
  async #failed(error: unknown, seen: number): Promise<void> {
    if (!(error instanceof Refusal)) this.#terms.onDefect(error);
    const code: RefusalCode = error instanceof Refusal ? error.code : 'link-down';
    const retryAfter = error instanceof Refusal ? error.detail.retryAfter : undefined;
    this.#become(linkFailed(this.#link, code, this.#parts.clock.now(), { chance: this.#terms.chance(), retryAfter }));
    await this.#pause(shortestBackOff);
    await this.#asleep(delayOf(this.#link, this.#parts.clock.now()), seen);
    if (this.#terms.woken.count !== seen) this.#become(wakeLink(this.#link, this.#parts.clock.now()));
  }

  #become(link: LinkState): void {
    if (link === this.#link) return;
    this.#link = link;
    this.#terms.onState(link);
  }

  /** Sleeps that long, or until woken or stopped. */
  async #asleep(milliseconds: number, seen: number): Promise<void> {
    if (milliseconds <= 0) return;
    await this.#terms.woken.wait(AbortSignal.any([this.#stop.signal, AbortSignal.timeout(milliseconds)]), seen);
  }

  /** Sleeps that long, or until stopped. */
  async #pause(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return;
    await sleep(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => {});
  }
}
