import { countDue } from '../store/due-subjects.ts';
import { countWaiting } from '../store/matches.ts';
import { listRelations } from '../store/relations.ts';
import { countRelation, summariseChannels } from '../store/relation-queries.ts';
import { listWebhooks } from '../store/webhooks.ts';
import type { HttpParts } from './parts.ts';

/** Names the figures of the API and of what the database says of each relation. */
export function declareHttpMetrics({ metrics, database, verbs }: HttpParts): void {
  metrics.declare('entente_http_requests_total', 'counter', 'Calls answered, by route and status');
  metrics.declare('entente_http_refusals_total', 'counter', 'Calls refused, by code');
  metrics.declare('entente_http_defects_total', 'counter', 'Calls that ended in a defect of ours');
  metrics.declare('entente_http_seconds', 'histogram', 'Time to answer a call');
  metrics.declare('entente_channel_size', 'gauge', 'Entries of a channel');
  metrics.declare('entente_channel_seen', 'gauge', 'How much of a channel the other party says it holds');
  metrics.declare('entente_outbox_waiting', 'gauge', 'Authorised acts without a position');
  metrics.declare('entente_outbox_held', 'gauge', 'Of these, held back for a reason');
  metrics.declare('entente_alarms', 'gauge', 'Alarms that are not settled');
  metrics.declare('entente_link_up', 'gauge', 'Whether the counterpart is reached');
  metrics.declare('entente_webhook_waiting', 'gauge', 'Tellings that nobody has taken yet');
  metrics.declare('entente_screening_due', 'gauge', 'Subjects that are yet to be compared');
  metrics.declare('entente_matches_waiting', 'gauge', 'Matches that no officer has decided');
  metrics.collect(async () => {
    metrics.set('entente_screening_due', {}, await countDue(database));
    for (const relation of await listRelations(database)) {
      const { alarms, waiting, held } = await countRelation(database, relation.relation);
      const labels = { relation: relation.name };
      metrics.set('entente_outbox_waiting', labels, waiting);
      metrics.set('entente_outbox_held', labels, held);
      metrics.set('entente_alarms', labels, alarms);
      metrics.set('entente_matches_waiting', labels, await countWaiting(database, relation.relation));
      metrics.set('entente_link_up', labels, verbs.relations.link(relation).state === 'up' ? 1 : 0);
      for (const { owner, size, seen } of await summariseChannels(database, relation.relation)) {
        metrics.set('entente_channel_size', { ...labels, owner }, size);
        metrics.set('entente_channel_seen', { ...labels, owner }, seen);
      }
    }
    for (const { webhook, waiting } of await listWebhooks(database)) {
      metrics.set('entente_webhook_waiting', { webhook: String(webhook) }, waiting);
    }
  });
}
