import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '@entente/protocol';
import type { AttachmentSizes } from '../../store/attachments.ts';
import type { AttachmentCustody } from './attachment-custody.ts';
import { storeAttachment } from './store-attachment.ts';

/** What an officer announced of a file before sending it. */
export interface UploadWanted {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
}

/** How far it has come; the hashes once it is whole. */
export type UploadState = UploadWanted & Partial<AttachmentSizes> & { readonly upload: string; readonly have: number };

interface Growing extends UploadWanted {
  readonly relation: number;
  readonly path: string;
  readonly key: Buffer;
  have: number;
  busy: boolean;
  stored: AttachmentSizes | undefined;
}

const mostAtOnce = 64;
const blockSize = 16;

/**
 * Files on their way in from officers' desks, resumable at any byte. They lie encrypted under a key that only this process
 * knows (AES-256-CTR, one key a file, so that writing can go on anywhere); a restart forgets them and the desk begins anew.
 */
export class Uploads {
  readonly #custody: AttachmentCustody;
  readonly #most: number;
  readonly #growing = new Map<string, Growing>();

  constructor(custody: AttachmentCustody, most: number) {
    this.#custody = custody;
    this.#most = most;
  }

  /** @throws Refusal `too-large`, `quota-exceeded` */
  async create(relation: number, wanted: UploadWanted): Promise<UploadState> {
    if (wanted.size > this.#most) throw new Refusal('too-large', { what: `at most ${this.#most} bytes` });
    if (this.#growing.size >= mostAtOnce) throw new Refusal('quota-exceeded', { what: 'uploads', retryAfter: 60 });
    const upload = randomUUID();
    await mkdir(this.#custody.parts, { recursive: true, mode: 0o700 });
    const path = join(this.#custody.parts, `upload-${upload}`);
    await (await open(path, 'wx', 0o600)).close();
    this.#growing.set(upload, {
      ...wanted,
      relation,
      path,
      key: randomBytes(32),
      have: 0,
      busy: false,
      stored: undefined,
    });
    return this.read(relation, upload);
  }

  /** @throws Refusal `attachment-unknown` */
  read(relation: number, upload: string): UploadState {
    const { name, mediaType, size, have, stored } = this.#find(relation, upload);
    return { upload, name, mediaType, size, have, ...stored };
  }

  /** Appends at `offset`; whole, it is sealed for the counterpart. @throws Refusal `gap`, `too-large`, `store-full` */
  async append(
    relation: number,
    recipient: string,
    upload: string,
    offset: number,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<UploadState> {
    const growing = this.#find(relation, upload);
    if (growing.busy || offset !== growing.have) throw new Refusal('gap', { what: `${growing.have} bytes are here` });
    growing.busy = true;
    try {
      if (growing.stored === undefined) await appendEncrypted(growing, bytes);
      if (growing.have === growing.size && growing.stored === undefined) {
        const plaintext = readEncrypted(growing);
        growing.stored = await storeAttachment(this.#custody, relation, recipient, plaintext, this.#most);
        await rm(growing.path, { force: true });
      }
    } finally {
      growing.busy = false;
    }
    return this.read(relation, upload);
  }

  #find(relation: number, upload: string): Growing {
    const growing = this.#growing.get(upload);
    if (growing === undefined || growing.relation !== relation)
      throw new Refusal('attachment-unknown', { where: upload });
    return growing;
  }
}

async function appendEncrypted(growing: Growing, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(growing.path, 'r+');
  const cipher = createCipheriv('aes-256-ctr', growing.key, counterAt(growing.have));
  cipher.update(Buffer.alloc(growing.have % blockSize));
  try {
    for await (const piece of bytes) {
      if (growing.have + piece.length > growing.size) throw new Refusal('too-large', { what: 'more than announced' });
      await file.write(cipher.update(piece), 0, piece.length, growing.have);
      growing.have += piece.length;
    }
  } finally {
    await file.close();
  }
}

async function* readEncrypted({ path, key }: Growing): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path, 'r');
  const decipher = createDecipheriv('aes-256-ctr', key, counterAt(0));
  try {
    for await (const piece of file.createReadStream({ highWaterMark: 1024 * 1024, autoClose: false })) {
      yield decipher.update(piece as Buffer);
    }
  } finally {
    await file.close();
  }
}

/** The counter block at an offset: the key is used for one file, so it begins at zero. */
function counterAt(offset: number): Buffer {
  const counter = Buffer.alloc(blockSize);
  counter.writeBigUInt64BE(BigInt(Math.floor(offset / blockSize)), 8);
  return counter;
}
