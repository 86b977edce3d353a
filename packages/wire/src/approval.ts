// {"acts":["<hex>",…],"by":{"kind":"officer","key":"<hex>",…},"type":"entente.approval.v1"}
import {
  type ActId,
  canonicalJson,
  isActId,
  type Json,
  type JsonObject,
  readCanonicalJson,
  Refusal,
  type Sha256Hex,
} from '@entente/protocol';
import { checkSize, concatBytes, readUtf8, utf8 } from './bytes.ts';
import { preAuthEncoding } from './dsse.ts';
import { readBytes, readKind, readList, readMembers, readSha256, readText } from './shape.ts';

/** Who approved, with the proof; `key` is the SHA-256 of the raw public key, for a root of both keys one after the other. */
export type ApprovedBy =
  | {
      readonly kind: 'officer';
      readonly key: Sha256Hex;
      readonly authenticatorData: Uint8Array;
      readonly clientDataJSON: Uint8Array;
      readonly signature: Uint8Array;
    }
  | { readonly kind: 'station' | 'administration'; readonly key: Sha256Hex; readonly signature: Uint8Array }
  | { readonly kind: 'root'; readonly key: Sha256Hex; readonly ed25519: Uint8Array; readonly mldsa44: Uint8Array };

/** One signature over 1 to 1,000 act ids, as it arrived: nothing in it is verified. */
export interface Approval {
  readonly acts: readonly ActId[];
  readonly by: ApprovedBy;
}

export const maximumApprovalActs = 1000;
/** Room for a thousand ids and the largest proof. */
export const maximumApproval: number = 96 * 1024;
const type = 'entente.approval.v1';
const listPayloadType = 'application/vnd.entente.approval-list+json;v=1';
const kinds = ['officer', 'station', 'administration', 'root'] as const;
const limits = { authenticatorData: 1024, clientDataJSON: 4096, officerSignature: 128 };

/**
 * What is signed for a list of acts: `entente-sign/v1`, a newline, the DSSE encoding of the list. Stations, administrations
 * and roots sign these bytes; an officer's authenticator signs a challenge that is their SHA-256.
 */
export function approvalStatement(acts: readonly ActId[]): Uint8Array {
  return concatBytes([utf8('entente-sign/v1\n'), preAuthEncoding(listPayloadType, utf8(canonicalJson(acts)))]);
}

export function writeApproval({ acts, by }: Approval): Uint8Array {
  return utf8(canonicalJson({ acts, by: writeApprovedBy(by), type }));
}

/** @throws Refusal `approval-malformed`, `too-large`, or one that names the faulty member */
export function readApproval(bytes: Uint8Array): Approval {
  checkSize(bytes, maximumApproval, 'approval');
  const json = readCanonicalJson(readUtf8(bytes, 'approval-malformed', 'approval'));
  const members = readMembers(json, 'approval', ['acts', 'by', 'type']);
  if (members['type'] !== type) throw new Refusal('approval-malformed', { where: 'approval.type' });
  const acts = readList(members['acts'], 'approval.acts', 1, maximumApprovalActs).map(readAct);
  if (new Set(acts).size !== acts.length) {
    throw new Refusal('approval-malformed', { where: 'approval.acts', what: 'the same act twice' });
  }
  return Object.freeze({ acts: Object.freeze(acts), by: Object.freeze(readApprovedBy(members['by'])) });
}

function readAct(json: Json, at: number): ActId {
  if (!isActId(json)) throw new Refusal('approval-malformed', { where: `approval.acts[${at}]` });
  return json;
}

function writeApprovedBy(by: ApprovedBy): JsonObject {
  const { kind, key } = by;
  switch (by.kind) {
    case 'officer':
      return {
        kind,
        key,
        authenticatorData: by.authenticatorData.toBase64(),
        clientDataJSON: by.clientDataJSON.toBase64(),
        signature: by.signature.toBase64(),
      };
    case 'station':
    case 'administration':
      return { kind, key, signature: by.signature.toBase64() };
    case 'root':
      return { kind, key, ed25519: by.ed25519.toBase64(), mldsa44: by.mldsa44.toBase64() };
    default:
      return by satisfies never;
  }
}

function readApprovedBy(json: Json | undefined): ApprovedBy {
  const where = 'approval.by';
  const proofs = ['authenticatorData', 'clientDataJSON', 'signature', 'ed25519', 'mldsa44'];
  const kind = readKind(readMembers(json, where, ['kind', 'key'], proofs)['kind'], `${where}.kind`, kinds);
  switch (kind) {
    case 'officer': {
      const members = readMembers(json, where, ['kind', 'key', 'authenticatorData', 'clientDataJSON', 'signature']);
      return {
        kind,
        key: readSha256(members['key'], `${where}.key`),
        authenticatorData: readAtMost(
          members['authenticatorData'],
          `${where}.authenticatorData`,
          limits.authenticatorData,
        ),
        clientDataJSON: readAtMost(members['clientDataJSON'], `${where}.clientDataJSON`, limits.clientDataJSON),
        signature: readAtMost(members['signature'], `${where}.signature`, limits.officerSignature),
      };
    }
    case 'station':
    case 'administration': {
      const members = readMembers(json, where, ['kind', 'key', 'signature']);
      const key = readSha256(members['key'], `${where}.key`);
      return { kind, key, signature: readBytes(members['signature'], `${where}.signature`, 64) };
    }
    case 'root': {
      const members = readMembers(json, where, ['kind', 'key', 'ed25519', 'mldsa44']);
      return {
        kind,
        key: readSha256(members['key'], `${where}.key`),
        ed25519: readBytes(members['ed25519'], `${where}.ed25519`, 64),
        mldsa44: readBytes(members['mldsa44'], `${where}.mldsa44`, 2420),
      };
    }
    default:
      return kind satisfies never;
  }
}

function readAtMost(json: Json | undefined, where: string, limit: number): Uint8Array {
  if (readText(json, where).length > 4 * Math.ceil(limit / 3)) throw new Refusal('too-large', { where });
  return readBytes(json, where);
}
