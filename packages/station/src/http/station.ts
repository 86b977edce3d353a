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
      const checks = [
        { name: 'database', ok: await answers(parts.database) },
        { name: 'events', ok: parts.feed.listening },
        ...(await parts.verbs.checkHealth()),
      ];
      const well = checks.every(({ ok }) => ok);
      // A balancer asks by status alone.
      if (query['probe'] === 'ready' && !well) throw new Refusal('link-down', { where: 'health', retryAfter: 5 });
      return json({ status: well ? 'well' : 'unwell', checks });
    },
    readMetrics: async () => ({ kind: 'text', body: await parts.metrics.write() }),
    readOpenApi: async () => ({ kind: 'json', body: description }),
  };
}

async function answers(queryable: Queryable): Promise<boolean> {
  return queryable.query('select 1').then(
    () => true,
    () => false,
  );
}
