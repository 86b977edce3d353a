import {
  type ActId,
  type Attachment,
  type DossierId,
  type Head,
  type JsonObject,
  type LegalBasis,
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
  /** Files the body names, stored and sealed already. */
  readonly attachments?: readonly Attachment[];
  /** Of the types that transfer: blind queries. */
  readonly legalBasis?: LegalBasis;
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
  { type, inputs, fields, basis = [], dossier = relationDossier, attachments = [], legalBasis }: RelationStatement,
  author: Head['author'],
): WrittenAct {
  const hasBody = fields !== undefined || attachments.length > 0;
  const nonce = crypto.randomBytes(32).toBase64();
  const body = hasBody ? writeBody({ nonce, fields: fields ?? {}, attachments }) : undefined;
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
    ...(legalBasis === undefined ? {} : { legalBasis }),
    handling: { codes: [] },
    inputs,
    gates: [],
    author,
    ...(body === undefined ? {} : { body: crypto.sha256Hex(body) }),
  });
  return { id: crypto.sha256Hex(head) as ActId, dossier, head, body };
}
