import type { DoubleSigner } from '@entente/wire';
import type { Parts } from '../custody/relation.ts';
import { signHouse } from '../custody/sign-house.ts';
import type { Jobs, Round } from './webhooks.ts';

/** The job that signs the house log's head every minute it has grown. */
export function houseJobs(
  parts: Parts,
  signer: DoubleSigner,
): { readonly jobs: Jobs; readonly rounds: readonly Round[] } {
  return {
    jobs: {
      'sign-house': async () => {
        await signHouse(parts, signer);
      },
    },
    rounds: [{ job: 'sign-house', match: '* * * * *' }],
  };
}
