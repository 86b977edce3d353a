import { createTarDecoder, createTarPacker } from 'modern-tar';
import { Refusal } from '@entente/protocol';

/** One regular file of an archive; `content` is read once, in order. */
export interface TarFile {
  readonly name: string;
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

// Nobody learns from a stick when or by whom it was made.
const plain = { type: 'file', mode: 0o644, uid: 0, gid: 0 } as const;

/** Writes an archive as it is asked for, in constant memory. */
export async function* writeTar(files: Iterable<TarFile>): AsyncGenerator<Uint8Array, void, undefined> {
  const { readable, controller } = createTarPacker();
  const written = pack();
  // Its failure reaches the reader through `controller.error`; here it only must not go unheard.
  written.catch(() => undefined);
  yield* readable;
  await written;

  async function pack(): Promise<void> {
    try {
      for (const { name, size, content } of files) {
        const writer = controller.add({ ...plain, name, size, mtime: new Date(0) }).getWriter();
        for await (const bytes of content) await writer.write(bytes);
        await writer.close();
      }
      controller.finalize();
    } catch (error) {
      controller.error(error);
      throw error;
    }
  }
}

/**
 * Reads an archive file by file; only regular files. Whoever asks for the next file has read the one before, or leaves it.
 * @throws Refusal `tar-malformed`, and what the source throws
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile, void, undefined> {
  const { readable, writable } = createTarDecoder({ strict: true });
  let left = false;
  let sourceFailure: { readonly cause: unknown } | undefined;
  const fed = feed();
  try {
    for await (const { header, body } of readable) {
      if (header.type !== 'file' || header.pax !== undefined) {
        throw new Refusal('tar-malformed', { where: 'header', what: 'not a plain file' });
      }
      yield { name: header.name, size: header.size, content: refusing(body) };
    }
  } catch (cause) {
    throw reasonOf(cause);
  } finally {
    left = true;
  }
  await fed;

  /** Never fails itself: the decoder hands on what broke it. */
  async function feed(): Promise<void> {
    const writer = writable.getWriter();
    try {
      for await (const bytes of watched()) {
        if (left) break;
        await writer.write(bytes);
      }
      await writer.close();
    } catch (cause) {
      await writer.abort(cause).catch(() => undefined);
    }
  }

  async function* watched(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* source;
    } catch (cause) {
      sourceFailure = { cause };
      throw cause;
    }
  }

  async function* refusing(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* body;
    } catch (cause) {
      throw reasonOf(cause);
    }
  }

  /** What the source threw stays what it was; the decoder's own errors say that the archive is malformed. */
  function reasonOf(cause: unknown): unknown {
    if (cause instanceof Refusal || sourceFailure?.cause === cause) return cause;
    return new Refusal('tar-malformed', { where: 'archive' }, { cause });
  }
}
