import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Refusal } from '@entente/protocol';
import {
  TaskAnswers,
  type ThreadAnswer,
  type ThreadAnswers,
  type ThreadReply,
  type ThreadTask,
} from './verify-task.ts';

/** Answers what it is asked, in order. */
export interface VerifyThread {
  /** How many questions to give it at once, so that it never waits for the next. */
  readonly ahead: number;
  /** @throws Refusal as the task does */
  ask<Task extends ThreadTask>(task: Task): Promise<ThreadAnswers[Task['kind']]>;
  end(): Promise<void>;
}

/**
 * As many threads as this machine has cores, and two at least: one for each side of a relation. The last is the one that
 * asks: it works at once, while the others load.
 */
export function startThreads(): readonly VerifyThread[] {
  const others = Math.max(2, availableParallelism()) - 1;
  return [...Array.from({ length: others }, () => new OtherThread()), new ThisThread()];
}

class ThisThread implements VerifyThread {
  readonly ahead = 1;
  readonly #answers = new TaskAnswers();
  #last: Promise<void> = Promise.resolve();

  ask<Task extends ThreadTask>(task: Task): Promise<ThreadAnswers[Task['kind']]> {
    // What others have answered meanwhile is taken in first.
    const answer = this.#last.then(() => nextTurn()).then(() => this.#answers.answer(task));
    this.#last = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer as Promise<ThreadAnswers[Task['kind']]>;
  }

  async end(): Promise<void> {}
}

class OtherThread implements VerifyThread {
  readonly ahead = 2;
  readonly #worker: Worker = new Worker(new URL('verify-thread.ts', import.meta.url));
  readonly #waiting: PromiseWithResolvers<ThreadAnswer>[] = [];

  constructor() {
    this.#worker.on('message', (reply: ThreadReply) => {
      const asked = this.#waiting.shift();
      if (reply.kind === 'done') asked?.resolve(reply.answer);
      else asked?.reject(new Refusal(reply.code, reply.detail));
    });
    this.#worker.once('error', (error: Error) => this.#giveUp(error));
    this.#worker.once('exit', () => this.#giveUp(new Error('a verifying thread ended without an answer')));
  }

  ask<Task extends ThreadTask>(task: Task): Promise<ThreadAnswers[Task['kind']]> {
    const asked = Promise.withResolvers<ThreadAnswer>();
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
