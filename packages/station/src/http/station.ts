import { openApi } from '@entente/contract';
import { Refusal } from '@entente/protocol';
import type { Queryable } from '../store/database.ts';
import { json, type Handlers } from './call.ts';
import type { HttpParts } from './parts.ts';

export function stationHandlers(parts: HttpParts): Handlers {
  const description = openApi();
  return {
    readHealth: async ({ query }) => {
      if (query['probe'] === 'live') return json({ status: 'well', checks: [] });
      const own = [
        { name: 'database', ok: await answers(parts.database) },
        { name: 'events', ok: parts.feed.listening },
      ];
      // A balancer asks by status alone. A counterpart that is away makes no station useless.
      if (query['probe'] === 'ready' && !own.every(({ ok }) => ok))
        throw new Refusal('link-down', { where: 'health', retryAfter: 5 });
      const checks = [...own, ...withoutNames(await parts.verbs.checkHealth())];
      const well = checks.every(({ ok }) => ok);
      return json({ status: well ? 'well' : 'unwell', checks });
    },
    readMetrics: async () => ({ kind: 'text', body: await parts.metrics.write() }),
    readOpenApi: async () => ({ kind: 'json', body: description }),
  };
}

/** `link fr-ma` and `link fr-es` become one `link`: a stranger learns of no relation. */
function withoutNames(checks: readonly Check[]): readonly Check[] {
  const kinds = Map.groupBy(checks, ({ name }) => name.split(' ')[0] ?? '');
  return [...kinds].map(([name, of]) => ({ name, ok: of.every(({ ok }) => ok) }));
}

interface Check {
  readonly name: string;
  readonly ok: boolean;
}

async function answers(queryable: Queryable): Promise<boolean> {
  return queryable.query('select 1').then(
    () => true,
    () => false,
  );
}
