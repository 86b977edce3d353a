import { type Instant, writeInstant } from '@entente/protocol';
import { listOutbox } from '../store/outbox.ts';
import { readNumberCursor } from '../store/page.ts';
import {
  type ChannelSummary,
  countRelation,
  findRelation,
  listEntries,
  pageAlarms,
  summariseChannels,
  visibleRelations,
} from '../store/relation-queries.ts';
import type { RelationRecord } from '../store/relations.ts';
import { type Handlers, json, limitOf } from './call.ts';
import type { HttpParts } from './parts.ts';
import type { LinkSummary } from './verbs.ts';

export function relationHandlers({ database, verbs }: HttpParts): Handlers {
  const summarise = async (relation: RelationRecord) => {
    const { alarms, waiting, held } = await countRelation(database, relation.relation);
    const { name, own, counterpart } = relation;
    return {
      summary: { relation: name, own, counterpart, link: writeLink(verbs.relations.link(relation)), alarms },
      waiting,
      held,
    };
  };
  return {
    listRelations: async ({ caller }) => {
      const relations = await visibleRelations(database, caller);
      return json({
        relations: await Promise.all(relations.map(async (relation) => (await summarise(relation)).summary)),
      });
    },
    readRelation: async ({ caller, parameter }) => {
      const relation = await findRelation(database, parameter('relation'), caller);
      const { summary, waiting, held } = await summarise(relation);
      const channels = (await summariseChannels(database, relation.relation)).map(writeChannel);
      return json({ ...summary, channels, lanes: await verbs.relations.lanes(relation), waiting, held });
    },
    listChannels: async ({ caller, parameter }) => {
      const { relation } = await findRelation(database, parameter('relation'), caller);
      return json({ channels: (await summariseChannels(database, relation)).map(writeChannel) });
    },
    listHeads: async ({ caller, parameter }) => {
      const { relation } = await findRelation(database, parameter('relation'), caller);
      const channels = await summariseChannels(database, relation);
      return json({ heads: channels.map(writeHead) });
    },
    listEntries: async (call) => {
      const { relation } = await findRelation(database, call.parameter('relation'), call.caller);
      const { owner = '', from = '0' } = call.query;
      const entries = await listEntries(database, relation, owner, Number(from), limitOf(call));
      return json({
        entries: entries.map(({ noted, head, time, ...entry }) => ({
          ...entry,
          type: head?.type ?? 'unreadable',
          time: writeInstant(time),
          noted: noted ?? undefined,
        })),
      });
    },
    listOutbox: async (call) => {
      const { relation } = await findRelation(database, call.parameter('relation'), call.caller);
      const waiting = await listOutbox(database, relation, limitOf(call));
      return json({ waiting: waiting.map((act) => ({ ...act, authorised: writeInstant(act.authorised) })) });
    },
    listAlarms: async (call) => {
      const { relation } = await findRelation(database, call.parameter('relation'), call.caller);
      const { items, next } = await pageAlarms(
        database,
        relation,
        readNumberCursor(call.query['cursor']),
        limitOf(call),
      );
      return json({
        alarms: items.map((alarm) => ({
          ...alarm,
          time: writeInstant(alarm.time),
          settled: writeMaybe(alarm.settled),
        })),
        next,
      });
    },
  };
}

function writeLink(link: LinkSummary): object {
  return link.state === 'none' ? link : { ...link, since: writeInstant(link.since) };
}

function writeChannel({ owner, own, epoch, size, seen, signed, cosigned, stopped }: ChannelSummary): object {
  return { owner, own, epoch, size, seen, signed, cosigned, ...(stopped === null ? {} : { stopped }) };
}

function writeHead({ owner, epoch, size, root, signedNote, cosignedNote }: ChannelSummary): object {
  return { owner, epoch, size, root, signed: signedNote ?? undefined, cosigned: cosignedNote ?? undefined };
}

/** An instant that may be missing in the database is left out of an answer. */
export function writeMaybe(instant: Instant | null): string | undefined {
  return instant === null ? undefined : writeInstant(instant);
}
