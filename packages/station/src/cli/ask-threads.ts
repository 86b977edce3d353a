import { stat } from 'node:fs/promises';
import { type Piece, piecesOf } from './piece.ts';
import type { VerifyThread } from './verify-threads.ts';

/** A piece of a file and what a thread said of it. */
export interface Answered<Answer> {
  readonly piece: Piece;
  readonly answer: Answer;
}

// What is answered before its turn waits: about 16 KB of leaf hashes a piece.
const farthest = 256;

/**
 * Asks the threads about a file's pieces and yields the answers in the pieces' order. Each thread takes the next piece as
 * it has done with one: one that is still loading holds up none of the others.
 */
export async function* askInOrder<Answer>(
  threads: readonly VerifyThread[],
  path: string,
  ask: (thread: VerifyThread, piece: Piece) => Promise<Answer>,
): AsyncGenerator<Answered<Answer>, void, undefined> {
  const pieces = [...piecesOf(path, (await stat(path)).size)];
  const answers = pieces.map(() => Promise.withResolvers<Answer>());
  // A later piece may be refused before anybody waits for it.
  for (const { promise } of answers) promise.catch(() => {});
  const state = { next: 0, yielded: 0, isOver: false, moved: Promise.withResolvers<void>() };
  const work = async (thread: VerifyThread): Promise<void> => {
    while (!state.isOver) {
      while (state.next >= state.yielded + farthest && !state.isOver) await state.moved.promise;
      const at = state.next++;
      const piece = pieces[at];
      if (piece === undefined) return;
      await ask(thread, piece).then(answers[at]?.resolve, answers[at]?.reject);
    }
  };
  try {
    for (const thread of threads) for (let one = 0; one < thread.ahead; one++) void work(thread);
    for (const [at, piece] of pieces.entries()) {
      const answer = await answers[at]?.promise;
      state.yielded = at + 1;
      state.moved.resolve();
      state.moved = Promise.withResolvers();
      yield { piece, answer: answer as Answer };
    }
  } finally {
    state.isOver = true;
    state.moved.resolve();
  }
}
