import { routes } from '@entente/contract';
import { actHandlers } from './acts.ts';
import { attachmentHandlers } from './attachments.ts';
import { blindHandlers } from './blind.ts';
import type { Handlers } from './call.ts';
import { contentHandlers } from './content.ts';
import { dossierHandlers } from './dossiers.ts';
import { draftHandlers } from './drafts.ts';
import { eventHandlers } from './events.ts';
import { officerHandlers } from './officers.ts';
import type { HttpParts } from './parts.ts';
import { recordHandlers } from './records.ts';
import { relationHandlers } from './relations.ts';
import { reviewHandlers } from './reviews.ts';
import { screeningHandlers } from './screening.ts';
import { stationHandlers } from './station.ts';
import { tokenHandlers } from './tokens.ts';
import { webhookHandlers } from './webhooks.ts';

/** The handler of each route; the contract and this table have the same names, or the station does not start. */
export function handlersOf(parts: HttpParts): Handlers {
  const handlers: Handlers = {
    ...stationHandlers(parts),
    ...eventHandlers(parts),
    ...relationHandlers(parts),
    ...dossierHandlers(parts),
    ...contentHandlers(parts),
    ...draftHandlers(parts),
    ...actHandlers(parts),
    ...attachmentHandlers(parts),
    ...recordHandlers(parts),
    ...reviewHandlers(parts),
    ...screeningHandlers(parts),
    ...blindHandlers(parts),
    ...officerHandlers(parts),
    ...tokenHandlers(parts),
    ...webhookHandlers(parts),
  };
  const named = new Set(routes.map(({ name }) => name));
  const wrong = [...named]
    .filter((name) => handlers[name] === undefined)
    .concat(Object.keys(handlers).filter((name) => !named.has(name)));
  if (wrong.length > 0) throw new Error(`contract and handlers differ: ${wrong.join(', ')}`);
  return handlers;
}
