import {
  type ActId,
  type DossierId,
  type Head,
  type JsonObject,
  relationDossier,
  writeBody,
  writeHead,
} from '@entente/protocol';
import type { Parts, Relation } from '../custody/relation.ts';

/** One of the relation's own acts, before anybody signs it. */
export interface RelationStatement {
  /** `relation/lane` */
  readonly type: string;
  readonly inputs: JsonObject;
  readonly fields?: JsonObject;
  readonly basis?: readonly ActId[];
  /** Elsewhere than in the relation's own: exercises only. */
  readonly dossier?: DossierId;
}

/** Its exact bytes. */
export interface WrittenAct {
  readonly id: ActId;
  readonly dossier: DossierId;
  readonly head: Uint8Array;
  readonly body: Uint8Array | undefined;
}

/** Writes one of the relation's own acts under the accord in force. @param author function and pseudonym of who says it */
export function writeRelationAct(
  { crypto }: Pick<Parts, 'crypto'>,
  relation: Relation,
  { type, inputs, fields, basis = [], dossier = relationDossier }: RelationStatement,
  author: Head['author'],
): WrittenAct {
  const body =
    fields === undefined ? undefined : writeBody({ nonce: crypto.randomBytes(32).toBase64(), fields, attachments: [] });
  const head = writeHead({
    v: 1,
    type,
    trackVersion: 1,
    from: relation.own,
    to: relation.counterpart,
    relation: relation.name,
    accord: relation.authority.accord(relation.own).hash,
    dossier,
    basis,
    handling: { codes: [] },
    inputs,
    gates: [],
    author,
    ...(body === undefined ? {} : { body: crypto.sha256Hex(body) }),
  });
  return { id: crypto.sha256Hex(head) as ActId, dossier, head, body };
}
