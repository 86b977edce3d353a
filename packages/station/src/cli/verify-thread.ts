import { parentPort, type Transferable } from 'node:worker_threads';
import { Refusal } from '@entente/protocol';
import { TaskAnswers, type ThreadReply, type ThreadTask } from './verify-task.ts';

/** Does what another thread asks, beside it. */
const answers = new TaskAnswers();

parentPort?.on('message', (task: ThreadTask) => {
  try {
    say({ kind: 'done', answer: answers.answer(task) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say({ kind: 'refused', code: error.code, detail: error.detail });
  }
});

function say(reply: ThreadReply): void {
  const transfer: Transferable[] = [];
  if (reply.kind === 'done' && reply.answer !== undefined && 'leaves' in reply.answer)
    transfer.push(reply.answer.leaves.buffer);
  parentPort?.postMessage(reply, transfer);
}
