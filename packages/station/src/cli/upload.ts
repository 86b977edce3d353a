import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { type JsonObject, Refusal, type RelationId } from '@entente/protocol';
import type { Api } from './api.ts';
import type { Terminal } from './terminal.ts';

const piece = 8 * 1024 * 1024;

/** Sends a file to the station, which seals it for the counterpart. @returns what a draft says of it */
export async function uploadFile(
  api: Api,
  relation: RelationId,
  path: string,
  terminal: Terminal,
): Promise<JsonObject> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new Refusal('usage', { what: path }, { cause });
  });
  try {
    const { size } = await file.stat();
    return await sendAll(api, relation, { name: basename(path), size }, terminal, async (at) => {
      const bytes = new Uint8Array(Math.min(piece, size - at));
      await file.read(bytes, 0, bytes.length, at);
      return bytes;
    });
  } finally {
    await file.close();
  }
}

/** The same for bytes at hand. */
export function uploadBytes(
  api: Api,
  relation: RelationId,
  { name, mediaType, bytes }: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array },
  terminal: Terminal,
): Promise<JsonObject> {
  return sendAll(
    api,
    relation,
    { name, mediaType, size: bytes.length },
    terminal,
    async (at) => new Uint8Array(bytes.subarray(at, Math.min(bytes.length, at + piece))),
  );
}

async function sendAll(
  api: Api,
  relation: RelationId,
  {
    name,
    mediaType = 'application/octet-stream',
    size,
  }: { readonly name: string; readonly mediaType?: string; readonly size: number },
  terminal: Terminal,
  read: (at: number) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<JsonObject> {
  const path = `/v1/relations/${relation}/uploads`;
  const { upload } = await api.send('POST', path, { name, mediaType, size });
  let state: JsonObject = {};
  for (let at = 0; at < size || at === 0; at += piece) {
    state = await api.put(`${path}/${String(upload)}?offset=${at}`, await read(at));
    terminal.progress(name, Math.min(size, at + piece), size);
    if (size === 0) break;
  }
  const { sha256 } = state;
  if (typeof sha256 !== 'string') throw new Refusal('attachment-awaited', { what: name });
  return { name, mediaType, size, sha256 };
}
