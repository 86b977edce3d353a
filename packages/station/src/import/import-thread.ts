import { parentPort } from 'node:worker_threads';
import { Refusal } from '@entente/protocol';
import type { ImportReply, ImportRequest } from './import-messages.ts';
import { readSource } from './read-source.ts';

/** The thread in which files from outside are read: one at a time, killed from without when it takes too much. */
parentPort?.on('message', ({ name, bytes, limits }: ImportRequest) => {
  readSource(name, bytes, limits).then(
    (drafts) => reply({ kind: 'drafts', drafts }),
    (cause: unknown) => {
      if (cause instanceof Refusal) return reply({ kind: 'refused', code: cause.code, detail: cause.detail });
      throw cause;
    },
  );
});

function reply(message: ImportReply): void {
  parentPort?.postMessage(message, []);
}
