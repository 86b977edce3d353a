import { Worker } from 'node:worker_threads';
import { Refusal } from '@entente/protocol';
import type { ImportedDraft } from './imported-draft.ts';
import { defaultImportLimits } from './import-limits.ts';
import type { ImportLimits } from './import-limits.ts';
import type { ImportReply } from './import-messages.ts';
import { unreadableFile } from './file-lead.ts';
import { mediaTypeOf } from './media-type.ts';
import { checkSize, plainName } from './read-source.ts';

const lookEvery = 50;

/**
 * Makes draft leads of one file from outside: mail, CSV, PDF, image, STIX or MISP, told apart by content. Nothing leaves
 * the station by it; an officer completes and signs. Reading happens in a thread that is killed at its limits.
 * @throws Refusal `attachment-malformed`, `json-malformed`, `json-too-deep`, `too-large`, each naming what and where
 */
export async function readImport(
  name: string,
  bytes: Uint8Array,
  limits: ImportLimits = defaultImportLimits,
): Promise<readonly ImportedDraft[]> {
  const importer = new Importer(limits);
  try {
    return await importer.read(name, bytes);
  } finally {
    await importer.close();
  }
}

/** Reads many files one after the other in one thread, which is replaced when a file has broken it. */
export class Importer {
  readonly #limits: ImportLimits;
  #thread: Worker | undefined;

  constructor(limits: ImportLimits = defaultImportLimits) {
    this.#limits = limits;
  }

  /** As `readImport`; one call at a time. */
  async read(name: string, bytes: Uint8Array): Promise<readonly ImportedDraft[]> {
    checkSize(bytes, this.#limits.fileBytes);
    const outcome = await this.#ask(name, bytes);
    if (outcome.kind === 'drafts') return outcome.drafts;
    if (outcome.kind === 'refused') throw new Refusal(outcome.code, outcome.detail);
    await this.close();
    const source = { name: plainName(name), bytes };
    const mediaType = mediaTypeOf(bytes);
    // A file is attached whole, so a lead can be made of it even where nothing in it can be read.
    if (mediaType === 'application/pdf') return [unreadableFile({ ...source, format: 'pdf' }, mediaType, outcome.why)];
    if (mediaType !== undefined) return [unreadableFile({ ...source, format: 'image' }, mediaType, outcome.why)];
    throw new Refusal('too-large', { where: '$', what: outcome.why });
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = undefined;
  }

  #ask(name: string, bytes: Uint8Array): Promise<ImportReply | Broken> {
    const limits = this.#limits;
    const thread = (this.#thread ??= startThread(limits));
    return new Promise((resolve, reject) => {
      const before = process.memoryUsage.rss();
      const deadline = setTimeout(() => tell(broken('milliseconds', limits)), limits.milliseconds);
      // What a thread holds outside its heap counts to no limit of its own.
      const watch = setInterval(() => {
        if (process.memoryUsage.rss() - before > limits.mebibytes * 2 ** 20) tell(broken('mebibytes', limits));
      }, lookEvery);
      const fail = (cause: Error & { readonly code?: string }): void => {
        if (cause.code === 'ERR_WORKER_OUT_OF_MEMORY') return tell(broken('mebibytes', limits));
        // Neither an answer nor a bound: a defect of ours, and loud.
        this.#thread = undefined;
        leave();
        reject(cause);
      };
      const tell = (outcome: ImportReply | Broken): void => {
        leave();
        resolve(outcome);
      };
      const leave = (): void => {
        clearTimeout(deadline);
        clearInterval(watch);
        thread.off('message', tell);
        thread.off('error', fail);
      };
      thread.on('message', tell);
      thread.on('error', fail);
      thread.postMessage({ name, bytes, limits }, []);
    });
  }
}

/** The thread was given up: the file took more than it may. */
interface Broken {
  readonly kind: 'broken';
  readonly why: string;
}

function broken(bound: 'milliseconds' | 'mebibytes', limits: ImportLimits): Broken {
  return { kind: 'broken', why: `took over ${limits[bound]} ${bound} to read` };
}

function startThread(limits: ImportLimits): Worker {
  return new Worker(new URL('import-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: limits.mebibytes, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    // Its own streams: what a library prints about a hostile file is nobody's business.
    stdout: true,
    stderr: true,
    env: {},
  });
}
