import type { EventKind } from '@entente/contract';
import { Refusal, writeInstant } from '@entente/protocol';
import { checkWebhookUrl } from '../adapters/webhook-address.ts';
import { transact } from '../store/database.ts';
import { findRelation } from '../store/relation-queries.ts';
import {
  deleteWebhook,
  insertWebhook,
  listWebhooks,
  type NewWebhook,
  updateWebhook,
  type Webhook,
} from '../store/webhooks.ts';
import { type Handlers, json, nothing } from './call.ts';
import type { HttpParts } from './parts.ts';
import { writeMaybe } from './relations.ts';

interface WebhookBody {
  readonly name: string;
  readonly url: string;
  readonly events: readonly EventKind[];
  readonly relation?: string;
  readonly allowLocal?: boolean;
}

export function webhookHandlers({ database, crypto, clock }: HttpParts): Handlers {
  const read = async ({ name, url, events, relation, allowLocal = false }: WebhookBody): Promise<NewWebhook> => {
    checkWebhookUrl(url, allowLocal);
    const number = relation === undefined ? undefined : (await findRelation(database, relation)).relation;
    return { name, url, events, relation: number, allowLocal };
  };
  return {
    listWebhooks: async () => json({ webhooks: (await listWebhooks(database)).map(writeWebhook) }),
    createWebhook: async ({ caller, body }) => {
      const wanted = await read(body<WebhookBody>());
      const made = await transact(database, (transaction) =>
        insertWebhook(transaction, crypto, clock.now(), wanted, caller),
      );
      // Standard Webhooks writes its symmetric secrets so.
      return json({ webhook: made.webhook, secret: `whsec_${made.secret.toBase64()}` });
    },
    updateWebhook: async ({ caller, parameter, body }) => {
      const wanted = await read(body<WebhookBody>());
      const webhook = Number(parameter('webhook'));
      await transact(database, (transaction) =>
        updateWebhook(transaction, crypto, clock.now(), webhook, wanted, caller),
      );
      const changed = (await listWebhooks(database)).find((one) => one.webhook === webhook);
      if (changed === undefined) throw new Refusal('usage', { where: 'webhook' });
      return json(writeWebhook(changed));
    },
    deleteWebhook: async ({ caller, parameter }) => {
      const webhook = Number(parameter('webhook'));
      await transact(database, (transaction) => deleteWebhook(transaction, crypto, clock.now(), webhook, caller));
      return nothing;
    },
  };
}

function writeWebhook({
  made,
  relation,
  oldestWaiting,
  lastTaken,
  lastFailure,
  ...webhook
}: Webhook): Readonly<Record<string, unknown>> {
  return {
    ...webhook,
    made: writeInstant(made),
    relation: relation ?? undefined,
    oldestWaiting: writeMaybe(oldestWaiting),
    lastTaken: writeMaybe(lastTaken),
    lastFailure: lastFailure ?? undefined,
  };
}
