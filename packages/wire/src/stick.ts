import type { KnownVerifierKey, Signer } from '@entente/c2sp';
import { Refusal, type Sha256Hex } from '@entente/protocol';
import { checkSize, concatBytes } from './bytes.ts';
import type { Crypto } from './crypto.ts';
import {
  claimOfStick,
  maximumManifest,
  readManifest,
  signManifest,
  type StickList,
  type StickRoute,
  verifyManifest,
  writeManifest,
} from './stick-manifest.ts';
import { maximumNotice, mostNotices } from './notices-file.ts';
import { readTar, type TarFile, writeTar } from './tar.ts';

/** A file for a stick, its hash known before it is read. */
export interface StickFile extends TarFile {
  readonly sha256: Sha256Hex;
}

/**
 * Writes the tar of a stick: signature, manifest, then the files. To be sealed with `sealStream` to the counterpart's
 * offline recipient; then `age -d`, `tar -x` and `sha256sum -c MANIFEST` open it.
 */
export function writeStick(
  crypto: Crypto,
  signer: Signer,
  route: StickRoute,
  files: readonly StickFile[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const manifest = writeManifest(files);
  const signature = signManifest(crypto, signer, route, manifest);
  return writeTar([inMemory('MANIFEST.sig', signature), inMemory('MANIFEST', manifest), ...files]);
}

/** The name of a root's notice on a stick. Notices stand first, before anything that the log's key answers for. */
export function noticeOnStick(number: number): string {
  return `notices/${String(number).padStart(6, '0')}.json`;
}

const noticeName = /^notices\/\d{6}\.json$/;

/**
 * Reads the tar of a stick: verifies the manifest before any file, and each file's hash as it is read. A file is genuine
 * once its content has ended.
 * @param keyFor finds, for the route the stick claims, what it must be and the Ed25519 key of the sender's log
 * @param takeNotice is given the root's notices that stand first, before the manifest is verified: it may be signed by a key
 *   that only they announce. They are signed by a root, and nothing else vouches for them
 * @throws Refusal `tar-malformed`, `hash-mismatch`, `signature-…`, `wrong-recipient`, `wrong-relation`, and what `keyFor` throws
 */
export async function* readStick(
  crypto: Crypto,
  source: AsyncIterable<Uint8Array>,
  keyFor: (claim: StickRoute) => { readonly key: KnownVerifierKey; readonly expect: StickRoute },
  takeNotice?: (notice: Uint8Array) => Promise<void>,
): AsyncGenerator<TarFile, void, undefined> {
  const archive = readTar(source);
  try {
    const signature = await readWhole(archive, 'MANIFEST.sig');
    const manifest = await readWhole(archive, 'MANIFEST');
    const claim = claimOfStick(signature);
    const awaited = new Map(readManifest(manifest));
    let next = await archive.next();
    if (takeNotice !== undefined) {
      for (let count = 1; next.done !== true && noticeName.test(next.value.name); count += 1) {
        await takeNotice(await readNotice(crypto, next.value, awaited, count));
        next = await archive.next();
      }
    }
    const { key, expect } = keyFor(claim);
    verifyManifest(crypto, { manifest, signature }, key, expect);
    for (; next.done !== true; next = await archive.next()) yield listed(crypto, next.value, awaited);
    checkNoneMissing(awaited);
  } finally {
    await archive.return();
  }
}

/** A file as the manifest lists it; it is not awaited any more. */
function listed(crypto: Crypto, { name, size, content }: TarFile, awaited: Map<string, Sha256Hex>): TarFile {
  const sha256 = awaited.get(name);
  if (sha256 === undefined)
    throw new Refusal('tar-malformed', { where: 'archive', what: 'a file not in MANIFEST, or twice' });
  awaited.delete(name);
  return { name, size, content: hashed(crypto, content, sha256, name) };
}

/** Nobody has vouched for the archive yet: how much is read of it is bounded. */
async function readNotice(
  crypto: Crypto,
  file: TarFile,
  awaited: Map<string, Sha256Hex>,
  count: number,
): Promise<Uint8Array> {
  if (count > mostNotices || file.size > maximumNotice) throw new Refusal('too-large', { where: file.name });
  return concatBytes(await Array.fromAsync(listed(crypto, file, awaited).content));
}

async function* hashed(
  crypto: Crypto,
  content: AsyncIterable<Uint8Array>,
  sha256: Sha256Hex,
  where: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = crypto.sha256Stream();
  for await (const bytes of content) {
    hash.update(bytes);
    yield bytes;
  }
  if (hash.digestHex() !== sha256) throw new Refusal('hash-mismatch', { where });
}

async function readWhole(archive: AsyncGenerator<TarFile, void, undefined>, name: string): Promise<Uint8Array> {
  const next = await archive.next();
  if (next.done === true || next.value.name !== name || next.value.size > maximumManifest) {
    throw new Refusal('tar-malformed', { where: name, what: 'not in its place' });
  }
  const parts: Uint8Array[] = [];
  for await (const bytes of next.value.content) parts.push(bytes);
  const whole = concatBytes(parts);
  checkSize(whole, maximumManifest, name);
  return whole;
}

function checkNoneMissing(awaited: StickList): void {
  const [name] = awaited.keys();
  if (name !== undefined) throw new Refusal('tar-malformed', { where: name, what: 'in MANIFEST, not in the archive' });
}

function inMemory(name: string, bytes: Uint8Array): TarFile {
  return { name, size: bytes.length, content: once(bytes) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
