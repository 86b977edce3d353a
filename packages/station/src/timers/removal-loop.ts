import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import { removeErased } from '../custody/attachments/erase-attachments.ts';
import type { Relation } from '../custody/relation.ts';
import type { Jobs, Round } from './webhooks.ts';

/** The job that removes the bytes of files whose erasure was committed; its round finds what a crash left. */
export function removalJobs(
  custody: AttachmentCustody,
  relations: readonly Relation[],
): { readonly jobs: Jobs; readonly rounds: readonly Round[] } {
  return {
    jobs: {
      'remove-erased': async () => {
        for (const { number } of relations) await removeErased(custody, number);
      },
    },
    rounds: [{ job: 'remove-erased', match: '* * * * *' }],
  };
}
