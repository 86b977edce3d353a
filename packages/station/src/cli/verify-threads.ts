import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type PartyId, Refusal, type RefusalCode, type RefusalDetail } from '@entente/protocol';
import type { AccordChain, Keyset } from '@entente/wire';
import type { Piece } from './piece.ts';
import type { SignatureCount } from './signature-book.ts';
import type { Claim, PieceFound } from './verify-piece.ts';

/** What a channel's signatures are verified by. */
export interface Signers {
  readonly party: PartyId;
  readonly chain: AccordChain;
  readonly keysets: readonly Keyset[];
}

/** What a thread is asked. Where it was told the signers of a file, it checks the signatures of the pieces that follow. */
export type ThreadTask =
  | { readonly kind: 'signers'; readonly path: string; readonly signers: Signers }
  | { readonly kind: 'entries'; readonly piece: Piece }
  | { readonly kind: 'claims'; readonly piece: Piece }
  | { readonly kind: 'count'; readonly path: string };

export interface ThreadAnswers {
  readonly signers: undefined;
  readonly entries: PieceFound;
  readonly claims: readonly Claim[];
  readonly count: SignatureCount | undefined;
}

export type ThreadReply =
  | { readonly kind: 'done'; readonly answer: ThreadAnswers[ThreadTask['kind']] }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: RefusalDetail };

/** A thread that answers what it is asked, in order. */
export class VerifyThread {
  readonly #worker: Worker = new Worker(new URL('verify-thread.ts', import.meta.url));
  readonly #waiting: PromiseWithResolvers<ThreadAnswers[ThreadTask['kind']]>[] = [];

  constructor() {
    this.#worker.on('message', (reply: ThreadReply) => {
      const asked = this.#waiting.shift();
      if (reply.kind === 'done') asked?.resolve(reply.answer);
      else asked?.reject(new Refusal(reply.code, reply.detail));
    });
    this.#worker.once('error', (error: Error) => this.#giveUp(error));
    this.#worker.once('exit', () => this.#giveUp(new Error('a verifying thread ended without an answer')));
  }

  /** @throws Refusal as the task does */
  ask<Task extends ThreadTask>(task: Task): Promise<ThreadAnswers[Task['kind']]> {
    const asked = Promise.withResolvers<ThreadAnswers[ThreadTask['kind']]>();
    // Answers are looked at in order, so that a later piece's refusal may come before anybody waits for it.
    asked.promise.catch(() => {});
    this.#waiting.push(asked);
    this.#worker.postMessage(task, []);
    return asked.promise as Promise<ThreadAnswers[Task['kind']]>;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #giveUp(error: Error): void {
    for (const asked of this.#waiting.splice(0)) asked.reject(error);
  }
}

/** As many threads as this machine has cores, and two at least: one for each side of a relation. */
export function startThreads(): readonly VerifyThread[] {
  return Array.from({ length: Math.max(2, availableParallelism()) }, () => new VerifyThread());
}
