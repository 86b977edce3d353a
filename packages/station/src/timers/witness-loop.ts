import type { Log } from '../adapters/log.ts';
import type { AskWitness } from '../adapters/post-witness.ts';
import { askWitnesses } from '../custody/ask-witnesses.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import type { Jobs, Round } from './webhooks.ts';

/** The job that shows heads to neutral witnesses every ten minutes: at a pace that says nothing of what is exchanged. */
export function witnessJobs(
  parts: Parts,
  relations: readonly Relation[],
  ask: AskWitness,
  log: Log,
): { readonly jobs: Jobs; readonly rounds: readonly Round[] } {
  return {
    jobs: {
      'ask-witnesses': async () => {
        for (const relation of relations) {
          for (const { outcome, status } of await askWitnesses(parts, relation, ask)) {
            if (outcome !== 'cosigned')
              log.write('info', 'witness', { relation: relation.name, code: `${outcome} ${status}` });
          }
        }
      },
    },
    rounds: [{ job: 'ask-witnesses', match: '*/10 * * * *' }],
  };
}
