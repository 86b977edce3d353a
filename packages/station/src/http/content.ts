import type { ActId, Attachment, Sha256Hex } from '@entente/protocol';
import {
  type Content,
  type Disclosure,
  listUses,
  readAttachment,
  readContent,
  type Reader,
} from '../store/read-content.ts';
import { findRelation } from '../store/relation-queries.ts';
import type { RelationRecord } from '../store/relations.ts';
import { type Call, type Handlers, json, type Reply } from './call.ts';
import type { HttpParts } from './parts.ts';
import { rangeOf } from './range.ts';
import type { OpenAttachment } from './verbs.ts';

/** Everything by which content leaves, each through `store/read-content.ts`. */
export function contentHandlers({ database, crypto, clock, verbs }: HttpParts): Handlers {
  const relationOf = ({ caller, parameter }: Call): Promise<RelationRecord> =>
    findRelation(database, parameter('relation'), caller);
  const readerOf = (relation: RelationRecord, { caller }: Call, said: Said): Reader => {
    const time = clock.now();
    return {
      caller,
      time,
      day: verbs.relations.today(relation, time),
      purpose: said.purpose ?? '',
      acknowledged: said.acknowledge === 'H3',
    };
  };
  return {
    readContent: async (call) => {
      const relation = await relationOf(call);
      const act = call.parameter('act') as ActId;
      return writeContent(
        act,
        await readContent(database, crypto, relation, act, readerOf(relation, call, call.query)),
      );
    },
    exportContent: async (call) => {
      const relation = await relationOf(call);
      const act = call.parameter('act') as ActId;
      const said = call.body<Said & Export>();
      const disclosure: Disclosure = { use: said.destination, to: said.to, justification: said.justification };
      return writeContent(
        act,
        await readContent(database, crypto, relation, act, readerOf(relation, call, said), disclosure),
      );
    },
    listUses: async (call) => {
      const relation = await relationOf(call);
      const uses = await listUses(
        database,
        relation,
        call.parameter('act') as ActId,
        readerOf(relation, call, call.query),
      );
      return json({
        uses: uses.map(({ use, decision }) =>
          decision.kind === 'may'
            ? { use, may: true }
            : { use, may: false, why: decision.why, whatToDo: decision.whatToDo },
        ),
      });
    },
    readAttachment: async (call) => {
      const relation = await relationOf(call);
      const named = { act: call.parameter('act') as ActId, attachment: call.parameter('attachment') as Sha256Hex };
      const { attachment, opened } = await readAttachment(
        database,
        crypto,
        relation,
        named,
        readerOf(relation, call, call.query),
        (file) => verbs.attachments.open(relation, file),
      );
      return sendAttachment(attachment, opened, call.header('range'));
    },
    exportEvidence: async (call) => {
      const relation = await relationOf(call);
      const act = call.parameter('act') as ActId;
      const body =
        call.query['body'] === 'yes'
          ? await bodyForEvidence(relation, act, readerOf(relation, call, call.query))
          : undefined;
      const headers = { 'content-type': 'application/x-tar', ...asDownload(`evidence-${act.slice(0, 16)}.tar`) };
      return { kind: 'stream', status: 200, headers, bytes: await verbs.exportEvidence(relation, act, body) };
    },
  };

  async function bodyForEvidence(
    relation: RelationRecord,
    act: ActId,
    reader: Reader,
  ): Promise<Uint8Array | undefined> {
    const disclosure: Disclosure = { use: 'judicial-file', to: 'evidence', justification: reader.purpose };
    return (await readContent(database, crypto, relation, act, reader, disclosure)).bodyBytes;
  }
}

interface Said {
  readonly purpose?: string;
  readonly acknowledge?: string;
}

interface Export {
  readonly destination: Exclude<Disclosure['use'], 'read'>;
  readonly to: string;
  readonly justification: string;
}

function writeContent(act: ActId, { head, body }: Content): Reply {
  return json({ act, handling: head.handling, body: body ?? {} });
}

/** A received file is never opened by a browser: whatever it claims to be, it is bytes to be saved. */
function sendAttachment({ name }: Attachment, opened: OpenAttachment, range: string | undefined): Reply {
  const wanted = rangeOf(range, opened.size);
  const headers = { 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes', ...asDownload(name) };
  if (wanted === 'unsatisfiable') {
    return {
      kind: 'stream',
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${opened.size}` },
      bytes: none(),
    };
  }
  const { start, end } = wanted ?? { start: 0, end: opened.size };
  return {
    kind: 'stream',
    status: wanted === undefined ? 200 : 206,
    headers: {
      ...headers,
      'content-length': String(end - start),
      ...(wanted === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${opened.size}` }),
    },
    bytes: opened.read(start, end),
  };
}

async function* none(): AsyncGenerator<Uint8Array> {}

/** RFC 6266 with RFC 8187: the name as it is, in a form that no name can break out of. */
function asDownload(name: string): Readonly<Record<string, string>> {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'content-disposition': `attachment; filename*=UTF-8''${encoded}`,
    'content-security-policy': "sandbox; default-src 'none'",
  };
}
