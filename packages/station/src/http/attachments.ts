import { findRelation } from '../store/relation-queries.ts';
import type { RelationRecord } from '../store/relations.ts';
import { type Call, type Handlers, json } from './call.ts';
import type { HttpParts } from './parts.ts';
import type { Upload } from './verbs.ts';

export function attachmentHandlers({ database, verbs }: HttpParts): Handlers {
  const relationOf = ({ caller, parameter }: Call): Promise<RelationRecord> =>
    findRelation(database, parameter('relation'), caller);
  return {
    createUpload: async (call) => {
      const file = call.body<Pick<Upload, 'name' | 'mediaType' | 'size'>>();
      return json({ ...(await verbs.attachments.create(await relationOf(call), file)) });
    },
    readUpload: async (call) =>
      json({ ...(await verbs.attachments.readUpload(await relationOf(call), call.parameter('upload'))) }),
    appendUpload: async (call) => {
      const relation = await relationOf(call);
      const offset = Number(call.query['offset']);
      return json({ ...(await verbs.attachments.append(relation, call.parameter('upload'), offset, call.stream())) });
    },
  };
}
