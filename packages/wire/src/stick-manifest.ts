// MANIFEST, for `sha256sum -c MANIFEST`:      MANIFEST.sig, a signed note:
// <hex>  accord.json                          entente stick v1
// <hex>  parcels/000001.age                   from fr
//                                             to ma
//                                             relation fr-ma
//                                             manifest <hex of MANIFEST>
import { cosign, type KnownVerifierKey, readNote, type Signer, writeNote } from '@entente/c2sp';
import {
  isPartyId,
  isRelationId,
  isSha256Hex,
  type PartyId,
  Refusal,
  type RelationId,
  type Sha256Hex,
} from '@entente/protocol';
import { checkSize, readUtf8, utf8 } from './bytes.ts';
import { c2spCryptoOf, type Crypto } from './crypto.ts';
import { refusing, verifySignedNote } from './notes.ts';
import { markVerified, type Verified } from './verified.ts';

/** Room for 40,000 files. */
export const maximumManifest: number = 8 * 1024 * 1024;

/** Whom a stick is from and for. */
export interface StickRoute {
  readonly from: PartyId;
  readonly to: PartyId;
  readonly relation: RelationId;
}

/** What a manifest lists, in the order of the archive. */
export type StickList = ReadonlyMap<string, Sha256Hex>;

// Each segment begins with a letter or digit: no `..`, no hidden file, nothing a shell reads as an option.
const nameShape = /^(?=.{1,100}$)[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)*$/;
const lineShape = /^([0-9a-f]{64}) {2}(.+)$/;
const noteShape =
  /^entente stick v1\nfrom ([a-z0-9-]+)\nto ([a-z0-9-]+)\nrelation ([a-z0-9-]+)\nmanifest ([0-9a-f]{64})\n$/;

/** Writes the lines that `sha256sum -c` reads. @throws Refusal `tar-malformed` for a name that is not allowed or twice there */
export function writeManifest(files: readonly { readonly name: string; readonly sha256: Sha256Hex }[]): Uint8Array {
  const bytes = utf8(files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''));
  readManifest(bytes);
  return bytes;
}

/** @throws Refusal `tar-malformed`, `too-large` */
export function readManifest(bytes: Uint8Array): StickList {
  checkSize(bytes, maximumManifest, 'MANIFEST');
  const lines = readUtf8(bytes, 'tar-malformed', 'MANIFEST').split('\n');
  if (lines.pop() !== '') throw malformed('not ended by a newline');
  const list = new Map<string, Sha256Hex>();
  for (const line of lines) {
    const [, sha256, name] = lineShape.exec(line) ?? [];
    if (!isSha256Hex(sha256) || name === undefined || !nameShape.test(name) || list.has(name)) {
      throw malformed(`line ${list.size + 1}`);
    }
    list.set(name, sha256);
  }
  return list;
}

/** Signs a manifest with the log's Ed25519 key. A note apart: `sha256sum` warns of lines it does not know. */
export function signManifest(crypto: Crypto, signer: Signer, route: StickRoute, manifest: Uint8Array): Uint8Array {
  const text = noteText(route, crypto.sha256Hex(manifest));
  return utf8(writeNote(text, [cosign(signer, text, 0)]));
}

/** Whom a stick claims to be from and for; nothing of it is verified. @throws Refusal `tar-malformed`, `note-malformed` */
export function claimOfStick(signature: Uint8Array): StickRoute {
  return readNoteText(refusing('note-malformed', 'MANIFEST.sig', () => readNote(signature)).text).route;
}

/** @throws Refusal `signature-…`, `wrong-recipient`, `wrong-relation`, `hash-mismatch`, `tar-malformed` */
export function verifyManifest(
  crypto: Crypto,
  files: { readonly manifest: Uint8Array; readonly signature: Uint8Array },
  key: KnownVerifierKey,
  expect: StickRoute,
): Verified<StickList> {
  const note = verifySignedNote(c2spCryptoOf(crypto), files.signature, [key], 'MANIFEST.sig');
  const { route, sha256 } = readNoteText(note.text);
  if (route.to !== expect.to) throw new Refusal('wrong-recipient', { where: 'MANIFEST.sig' });
  if (route.from !== expect.from || route.relation !== expect.relation) {
    throw new Refusal('wrong-relation', { where: 'MANIFEST.sig' });
  }
  if (crypto.sha256Hex(files.manifest) !== sha256) throw new Refusal('hash-mismatch', { where: 'MANIFEST' });
  return markVerified(readManifest(files.manifest));
}

function noteText({ from, to, relation }: StickRoute, sha256: Sha256Hex): string {
  return `entente stick v1\nfrom ${from}\nto ${to}\nrelation ${relation}\nmanifest ${sha256}\n`;
}

function readNoteText(text: string): { readonly route: StickRoute; readonly sha256: Sha256Hex } {
  const [, from, to, relation, sha256] = noteShape.exec(text) ?? [];
  if (!isPartyId(from) || !isPartyId(to) || !isRelationId(relation) || !isSha256Hex(sha256))
    throw malformed('MANIFEST.sig');
  return { route: { from, to, relation }, sha256 };
}

function malformed(what: string): Refusal {
  return new Refusal('tar-malformed', { where: 'MANIFEST', what });
}
