import { parentPort, type Transferable } from 'node:worker_threads';
import { Refusal } from '@entente/protocol';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { SignatureBook } from './signature-book.ts';
import { claimsOfPiece, verifyPiece } from './verify-piece.ts';
import type { Signers, ThreadReply, ThreadTask } from './verify-threads.ts';

/** Does what `VerifyThread` asks, beside other threads. */
const books = new Map<string, SignatureBook>();

parentPort?.on('message', (task: ThreadTask) => {
  try {
    say({ kind: 'done', answer: answerOf(task) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say({ kind: 'refused', code: error.code, detail: error.detail });
  }
});

function answerOf(task: ThreadTask): Extract<ThreadReply, { kind: 'done' }>['answer'] {
  switch (task.kind) {
    case 'signers':
      books.set(task.path, bookOf(task.signers));
      return undefined;
    case 'entries':
      return verifyPiece(nodeCrypto, task.piece, books.get(task.piece.path));
    case 'claims':
      return claimsOfPiece(task.piece);
    case 'count':
      return books.get(task.path)?.count;
    default:
      return task satisfies never;
  }
}

function bookOf({ party, chain, keysets }: Signers): SignatureBook {
  return new SignatureBook(nodeCrypto, party, chain, keysets);
}

function say(reply: ThreadReply): void {
  const transfer: Transferable[] = [];
  if (reply.kind === 'done' && reply.answer !== undefined && 'leaves' in reply.answer)
    transfer.push(reply.answer.leaves.buffer);
  parentPort?.postMessage(reply, transfer);
}
