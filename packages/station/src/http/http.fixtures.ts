import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leafHash } from '@entente/c2sp';
import { type Scope, scopes } from '@entente/contract';
import {
  type ActId,
  type Body,
  type DossierState,
  type Head,
  type Instant,
  type PartyId,
  type RelationId,
  type Sha256Hex,
  writeBody,
  writeHead,
} from '@entente/protocol';
import { writeEnvelope, writeLeaf } from '@entente/wire';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../adapters/embedded-postgres.ts';
import { type Log, openLog } from '../adapters/log.ts';
import { Metrics } from '../adapters/metrics.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { noTraces } from '../adapters/traces.ts';
import { lockChannel } from '../store/channels.ts';
import { type Database, openDatabase, transact } from '../store/database.ts';
import { appendEntries } from '../store/entries.ts';
import { migrate } from '../store/migrate.ts';
import { insertRelation, type RelationRecord } from '../store/relations.ts';
import { issueToken } from '../store/tokens.ts';
import { EventFeed } from './event-feed.ts';
import { type HttpServer, startHttpServer } from './server.ts';
import type { Verbs } from './verbs.ts';

/** A station's API over a real database, with two relations, and what the rest of the station would do played simply. */
export interface Station {
  readonly database: Database;
  readonly postgres: EmbeddedPostgres;
  readonly server: HttpServer;
  readonly relation: RelationRecord;
  readonly other: RelationRecord;
  /** Every log line written. */
  readonly lines: string[];
  readonly log: Log;
  readonly files: Map<string, Uint8Array>;
  /** A token with all scopes, or those named. */
  token(named?: readonly Scope[], more?: { readonly officer?: number; readonly relation?: number }): Promise<string>;
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  stop(): Promise<void>;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const now = Date.parse('2026-11-23T12:00:00.000Z') as Instant;
const clock = { now: () => now };

export async function startStation(): Promise<Station> {
  const folder = await mkdtemp(join(tmpdir(), 'entente-http-'));
  const postgres = await startEmbeddedPostgres(folder);
  const database = await openDatabase(postgres.url);
  await migrate(database);
  const [relation, other] = [await found(database, 'fr-ma', 'ma'), await found(database, 'fr-es', 'es')];
  const lines: string[] = [];
  const log = openLog('debug', { write: (line: string) => void lines.push(line) });
  const files = new Map<string, Uint8Array>();
  const feed = new EventFeed(postgres.url);
  await feed.start();
  const parts = {
    database,
    crypto: nodeCrypto,
    clock,
    log,
    metrics: new Metrics(),
    traces: noTraces,
    feed,
    verbs: playedVerbs(files),
  };
  const server = await startHttpServer(parts, { host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${server.port}`;
  return {
    database,
    postgres,
    server,
    relation,
    other,
    lines,
    log,
    files,
    token: async (named = scopes, { officer, relation: only } = {}) => {
      const wanted = { name: 'test', scopes: named, officer, relation: only, expires: (now + 86_400_000) as Instant };
      return (await transact(database, (transaction) => issueToken(transaction, nodeCrypto, now, wanted, undefined)))
        .secret;
    },
    call: async (method, path, { token, body, headers = {} } = {}) =>
      fetch(`${base}${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined || body instanceof Uint8Array ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : {
              body:
                body instanceof Uint8Array ? Buffer.from(body) : typeof body === 'string' ? body : JSON.stringify(body),
            }),
      }),
    stop: async () => {
      await server.stop();
      await feed.stop();
      await database.end();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function found(database: Database, name: string, counterpart: string): Promise<RelationRecord> {
  const record = { name: name as RelationId, own: 'fr' as PartyId, counterpart: counterpart as PartyId };
  return transact(database, (transaction) => insertRelation(transaction, record, { accords: [], keysets: [] }));
}

function playedVerbs(files: ReadonlyMap<string, Uint8Array>): Verbs {
  return {
    acts: { prepare: async () => [], authorise: async () => [] },
    attachments: {
      create: async (_relation, file) => ({ upload: '00000000-0000-4000-8000-000000000000', ...file, have: 0 }),
      readUpload: async (_relation, upload) => ({ upload, name: 'f', mediaType: 'text/plain', size: 0, have: 0 }),
      append: async (_relation, upload, offset, bytes) => {
        let have = offset;
        for await (const piece of bytes) have += piece.length;
        return { upload, name: 'f', mediaType: 'text/plain', size: have, have };
      },
      open: async (_relation, { sha256, size }) => ({
        size,
        read: async function* (start, end) {
          yield (files.get(sha256) ?? new Uint8Array()).subarray(start, end);
        },
      }),
    },
    relations: {
      link: () => ({ state: 'up', since: now }),
      lanes: async () => [{ track: 'leads', out: 'open', in: 'open' }],
      clocks: async (_, states) => states.map(() => new Map()),
      today: () => '2026-11-23',
    },
    blind: {
      prepare: () => Promise.reject(new Error('nobody is asked about here')),
      survey: async () => [],
    },
    screening: {
      search: async () => [],
      importList: () => Promise.reject(new Error('no list is imported here')),
    },
    exportEvidence: async (_relation, _act, body) =>
      (async function* () {
        yield body ?? new Uint8Array([1]);
      })(),
    checkHealth: async () => [{ name: 'link fr-ma', ok: true }],
  };
}

/** What an act to be put into a channel says; the rest is invented. */
export interface Told {
  readonly from: 'own' | 'theirs';
  readonly dossier?: string;
  readonly codes?: Head['handling']['codes'];
  readonly fields?: Body['fields'];
  readonly attachments?: Body['attachments'];
  readonly seen?: number;
}

/** Puts an act into a channel and, with its dossier folded, into the inbox. */
export async function tell(station: Station, relation: RelationRecord, told: Told): Promise<ActId> {
  const {
    dossier = 'd0'.repeat(16),
    codes = ['H0'],
    fields = { facts: 'Karim B. was seen in Lyon' },
    attachments = [],
  } = told;
  const body = writeBody({ nonce: nodeCrypto.randomBytes(32).toBase64(), fields, attachments });
  const own = told.from === 'own';
  const head = {
    v: 1,
    type: 'leads/spontaneous',
    trackVersion: 1,
    from: own ? relation.own : relation.counterpart,
    to: own ? relation.counterpart : relation.own,
    relation: relation.name,
    accord: 'ab'.repeat(32),
    dossier,
    basis: [],
    legalBasis: 'SAFE-37b',
    handling: { codes },
    inputs: { crimeArea: 'terrorism', purpose: 'prevention' },
    gates: [],
    author: { function: 'duty officer', pseudonym: 'p1' },
    body: nodeCrypto.sha256Hex(body),
  } as unknown as Head;
  const headBytes = writeHead(head);
  const act = nodeCrypto.sha256Hex(headBytes) as ActId;
  const signature = { key: 'cd'.repeat(32) as Sha256Hex, approval: 'ef'.repeat(32) as Sha256Hex };
  const envelope = writeEnvelope(headBytes, [signature]);
  await transact(station.database, async (transaction) => {
    const channel = await lockChannel(transaction, relation.relation, head.from);
    const seen = { size: (told.seen ?? channel.lastSeen) as never, root: 'ab'.repeat(32) as Sha256Hex };
    const leaf = leafHash(nodeCrypto, writeLeaf({ act, envelope: nodeCrypto.sha256Hex(envelope), seen, time: now }));
    const entry = {
      time: now,
      seen: seen.size,
      rank: channel.lastRank + 1,
      act: Buffer.from(act, 'hex'),
      leaf,
      envelope,
      body,
    };
    await appendEntries(transaction, nodeCrypto, channel, [
      { ...entry, dossier: Buffer.from(dossier, 'hex'), register: false, heads: false, verdict: undefined },
    ]);
    await foldInto(transaction, relation, dossier, act, head);
  });
  return act;
}

async function foldInto(
  database: Pick<Database, 'query'>,
  { relation }: RelationRecord,
  dossier: string,
  act: ActId,
  head: Head,
): Promise<void> {
  const folded: Partial<DossierState> = {
    dossier,
    track: 'leads',
    trackVersion: 1,
    opener: head.from,
    state: 'informed',
    since: act,
    acts: [{ id: act, type: head.type, from: head.from, effect: 'effective' }],
    clocks: [],
    data: { items: {}, permissions: [], opening: 'spontaneous' },
  };
  await database.query(
    `insert into dossier (relation, dossier, track, state, opener, own_size, their_size, opened, changed, folded, digest, running)
     values ($1, decode($2, 'hex'), 'leads', 'informed', $3, 1, 0, $4, $4, $5, sha256(''), false)
     on conflict (relation, dossier) do update set changed = dossier.changed + 1,
       folded = jsonb_set(dossier.folded, '{acts}', (dossier.folded->'acts') || ($5::jsonb->'acts'))`,
    [relation, dossier, head.from, now, folded],
  );
}

/** A draft of spontaneous information that holds nothing yet. */
export const emptyDraft = {
  track: 'leads',
  type: 'spontaneous',
  inputs: {},
  fields: {},
  handling: { codes: [] },
  attachments: [],
  kept: [],
  source: { kind: 'written' },
} as const;
