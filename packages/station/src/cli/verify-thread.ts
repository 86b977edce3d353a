import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '@entente/protocol';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { SignatureBook } from './signature-book.ts';
import { verifyChannel } from './verify-channel.ts';
import type { ThreadReply, ThreadTask } from './verify-in-thread.ts';

/** Verifies one channel in a thread of its own, so that both sides of a relation are verified at once. */
const { path, expected, signatures } = workerData as ThreadTask;
const say = (reply: ThreadReply): void => parentPort?.postMessage(reply);
try {
  const book = signatures && new SignatureBook(nodeCrypto, signatures.party, signatures.accord, signatures.keysets);
  const found = await verifyChannel(nodeCrypto, path, expected, book, (bytes) => say({ kind: 'read', bytes }));
  say({ kind: 'found', found, signatures: book?.count });
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  say({ kind: 'refused', code: error.code, detail: error.detail });
}
