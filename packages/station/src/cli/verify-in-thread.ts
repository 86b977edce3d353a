import { Worker } from 'node:worker_threads';
import { type Accord, type PartyId, Refusal, type RefusalCode, type RefusalDetail } from '@entente/protocol';
import type { Keyset } from '@entente/wire';
import type { SignatureCount } from './signature-book.ts';
import type { ChannelFound, Expected } from './verify-channel.ts';

/** One channel to verify; with `signatures`, what its approvals are verified by. */
export interface ThreadTask {
  readonly path: string;
  readonly expected: Expected;
  readonly signatures:
    | { readonly party: PartyId; readonly accord: Accord; readonly keysets: readonly Keyset[] }
    | undefined;
}

export type ThreadReply =
  | { readonly kind: 'read'; readonly bytes: number }
  | { readonly kind: 'found'; readonly found: ChannelFound; readonly signatures: SignatureCount | undefined }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: RefusalDetail };

/** Verifies a channel beside others. @throws Refusal as `verifyChannel` */
export function verifyInThread(
  task: ThreadTask,
  onRead: (bytes: number) => void,
): Promise<Extract<ThreadReply, { kind: 'found' }>> {
  const thread = new Worker(new URL('verify-thread.ts', import.meta.url), { workerData: task });
  return new Promise((resolve, reject) => {
    thread.on('message', (reply: ThreadReply) => {
      if (reply.kind === 'read') onRead(reply.bytes);
      else if (reply.kind === 'found') resolve(reply);
      else reject(new Refusal(reply.code, reply.detail));
    });
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('the verifying thread ended without an answer')));
  });
}
