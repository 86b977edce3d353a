import type { IncomingMessage } from 'node:http';
import { FormatError, readTilePath, type Tile } from '@entente/c2sp';
import {
  canonicalJson,
  isLogSize,
  isPartyId,
  isSha256Hex,
  type Json,
  Refusal,
  type Sha256Hex,
} from '@entente/protocol';
import type { Allowance } from './allowance.ts';
import type { AttachmentOffset, LogHandlers, Peer, PeerHandlers } from './peer.ts';
import type { PeerLimits } from './peer-limits.ts';
import { checkLength, readWhole } from './read-request.ts';
import type { Answer } from './write-answer.ts';

/** A request of a known peer, and what it may still use. */
export interface PeerRequest {
  readonly request: IncomingMessage;
  readonly allowance: Allowance;
  readonly limits: PeerLimits;
  /** Aborted when the asker hangs up. */
  readonly gone: AbortSignal;
}

const origin = '([a-z0-9][a-z0-9.-]*(?:/[a-z0-9][a-z0-9.-]*){0,7})';
const checkpointPath = new RegExp(`^GET /c2sp/${origin}/checkpoint$`);
const tilePath = new RegExp(`^GET /c2sp/${origin}/(tile/[0-9a-z/.]+)$`);
const addCheckpointPath = new RegExp(`^POST /c2sp/${origin}/add-checkpoint$`);
const parcelPath = /^GET \/peer\/v1\/parcels\?from=(0|[1-9][0-9]{0,15})&wait=(0|[1-9][0-9]?)$/;
const heldPath = /^GET \/peer\/v1\/held\?owner=([a-z0-9-]{1,32})&from=(0|[1-9][0-9]{0,15})&seen=(0|[1-9][0-9]{0,15})$/;
const attachmentPath = /^(HEAD|GET|PATCH) \/peer\/v1\/attachments\/([0-9a-f]{64})$/;

/** Answers one request of a peer. @throws Refusal `usage` where there is no such route for this peer */
export async function answerPeer(peer: Peer, asked: PeerRequest): Promise<Answer> {
  const line = `${asked.request.method} ${asked.request.url}`;
  const checkpoint = checkpointPath.exec(line)?.[1];
  if (checkpoint !== undefined) return text(await peer.handlers.log.readCheckpoint(checkpoint));
  if (peer.kind === 'witness') throw noRoute();
  return (await answerLog(peer.handlers.log, line, asked)) ?? (await answerExchange(peer.handlers, line, asked));
}

async function answerLog(log: LogHandlers, line: string, asked: PeerRequest): Promise<Answer | undefined> {
  const [, tileOrigin, tile] = tilePath.exec(line) ?? [];
  if (tileOrigin !== undefined && tile !== undefined) {
    return { status: 200, body: await log.readTile(tileOrigin, readTile(tile)) };
  }
  const added = addCheckpointPath.exec(line)?.[1];
  if (added === undefined) return undefined;
  return withBody(asked, asked.limits.noteBytes, (body) => log.addCheckpoint(added, body));
}

async function answerExchange(handlers: PeerHandlers, line: string, asked: PeerRequest): Promise<Answer> {
  const { limits } = asked;
  const [, from, wait] = parcelPath.exec(line) ?? [];
  if (from !== undefined && wait !== undefined) return awaitParcel(handlers, Number(from), Number(wait), asked);
  const [, owner, heldFrom, seen] = heldPath.exec(line) ?? [];
  if (owner !== undefined) return readHeld(handlers, owner, Number(heldFrom), Number(seen));
  const [, method, sealed] = attachmentPath.exec(line) ?? [];
  if (method !== undefined && isSha256Hex(sealed)) return answerAttachment(handlers, method, sealed, asked);
  switch (line) {
    case 'GET /peer/v1/heads': {
      const { have, mine, asks } = await handlers.readHeads();
      return json({ have, mine, ...(asks === undefined ? {} : { asks }) });
    }
    case 'POST /peer/v1/answers':
      return withBody(asked, limits.parcelBytes, async (body) => {
        await handlers.takeAnswer(body);
        return { status: 204 };
      });
    case 'POST /peer/v1/parcels':
      return withBody(asked, limits.parcelBytes, async (body) => {
        const { have, cosigned } = await handlers.acceptParcel(body);
        return json({ cosigned, have });
      });
    case 'POST /peer/v1/express':
      return withBody(asked, limits.parcelBytes, async (body) => sealedFile(await handlers.acceptExpress(body)));
    case 'POST /peer/v1/cosigned':
      return withBody(asked, limits.noteBytes, async (body) => {
        await handlers.acceptCosigned(readText(body));
        return { status: 204 };
      });
    case 'POST /peer/v1/notices':
      return withBody(asked, limits.noteBytes, async (body) => {
        await handlers.acceptNotice(body);
        return { status: 204 };
      });
    case 'GET /peer/v1/notices': {
      const body = await handlers.readNotice();
      return body === undefined ? { status: 204 } : { status: 200, contentType: 'application/json', body };
    }
    case 'POST /peer/v1/notices/taken':
      return withBody(asked, limits.noteBytes, async (body) => {
        const notice = readText(body);
        if (!isSha256Hex(notice)) throw new Refusal('field-malformed', { where: 'notice' });
        await handlers.noteNoticeTaken(notice);
        return { status: 204 };
      });
    default:
      throw noRoute();
  }
}

async function readHeld(handlers: PeerHandlers, owner: string, from: number, seen: number): Promise<Answer> {
  if (!isPartyId(owner)) throw new Refusal('field-malformed', { where: 'owner' });
  if (!isLogSize(from) || !isLogSize(seen)) throw new Refusal('field-malformed', { where: 'from' });
  const sealed = await handlers.readHeld(owner, from, seen);
  return sealed === undefined ? { status: 204 } : sealedFile(sealed);
}

async function awaitParcel(
  handlers: PeerHandlers,
  from: number,
  waitSeconds: number,
  { limits, gone }: PeerRequest,
): Promise<Answer> {
  if (!isLogSize(from)) throw new Refusal('field-malformed', { where: 'from' });
  const patience = AbortSignal.timeout(Math.min(waitSeconds * 1000, limits.longestWait));
  const sealed = await handlers.awaitParcel(from, AbortSignal.any([patience, gone]));
  return sealed === undefined ? { status: 204 } : sealedFile(sealed);
}

async function answerAttachment(
  { attachments }: PeerHandlers,
  method: string,
  sealed: Sha256Hex,
  { request, limits }: PeerRequest,
): Promise<Answer> {
  switch (method) {
    case 'HEAD':
      return { status: 204, headers: offsetHeaders(await attachments.readOffset(sealed)) };
    case 'PATCH': {
      checkLength(request, limits.chunkBytes);
      const offset = readNumber(request.headers['upload-offset'], 'upload-offset');
      return { status: 204, headers: offsetHeaders(await attachments.append(sealed, offset, request)) };
    }
    default: {
      const [, from] = /^bytes=(0|[1-9][0-9]{0,15})-$/.exec(request.headers.range ?? '') ?? [];
      const start = readNumber(from, 'range');
      const { size, length, bytes } = await attachments.read(sealed, start, limits.chunkBytes);
      const range = `bytes ${start}-${start + length - 1}/${size}`;
      return { status: 206, headers: { 'content-range': range }, body: { length, bytes } };
    }
  }
}

async function withBody(
  { request, allowance }: PeerRequest,
  most: number,
  verb: (body: Buffer) => Promise<Answer>,
): Promise<Answer> {
  const { body, release } = await readWhole(request, most, allowance);
  try {
    return await verb(body);
  } finally {
    release();
  }
}

function offsetHeaders({ have, size }: AttachmentOffset): Record<string, string> {
  return { 'upload-offset': String(have), 'upload-length': String(size) };
}

function readNumber(digits: unknown, where: string): number {
  if (typeof digits !== 'string' || !/^(0|[1-9][0-9]{0,15})$/.test(digits))
    throw new Refusal('field-malformed', { where });
  return Number(digits);
}

function readText(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (cause) {
    throw new Refusal('note-malformed', { what: 'not UTF-8' }, { cause });
  }
}

function readTile(path: string): Tile {
  try {
    return readTilePath(path);
  } catch (cause) {
    if (cause instanceof FormatError) throw new Refusal('field-malformed', { where: 'tile' }, { cause });
    throw cause;
  }
}

function text(body: string): Answer {
  return { status: 200, contentType: 'text/plain; charset=utf-8', body };
}

function json(value: Json): Answer {
  return { status: 200, contentType: 'application/json', body: canonicalJson(value) };
}

function sealedFile(body: Uint8Array): Answer {
  return { status: 200, contentType: 'application/age', body };
}

function noRoute(): Refusal {
  return new Refusal('usage', { where: 'path' });
}
