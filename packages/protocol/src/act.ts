import type { ActId, DossierId, Instant, LogSize, PartyId, RelationId, Sha256Hex } from './identifiers.ts';
import type { Handling, LegalBasis } from './handling.ts';
import type { JsonObject } from './json.ts';

/** A gate that was passed: who and why is in the house log, its salted hash in the head. */
export interface GatePassed {
  readonly gate: string;
  readonly result: 'passed' | 'waived-by-floor';
  /** SHA-256(salt ‖ JCS of the reasoning kept in the house log). */
  readonly reasoning: Sha256Hex;
}

/**
 * The part of an act that stays for ever: pseudonymous, signed as bytes (PROTOCOL §1.1).
 * Written in JCS; an absent optional member is left out.
 */
export interface Head {
  readonly v: 1;
  /** `<track>/<act type>`, e.g. `leads/request`; the relation's own acts are `relation/…`. */
  readonly type: string;
  readonly trackVersion: number;
  readonly from: PartyId;
  readonly to: PartyId;
  readonly relation: RelationId;
  /** SHA-256 of the accord in force for the author. */
  readonly accord: Sha256Hex;
  readonly dossier: DossierId;
  /** The acts that were on the officer's screen. */
  readonly basis: readonly ActId[];
  /** For a transition: the act whose state it leaves. */
  readonly leaves?: ActId;
  /** Past this instant an authorised act goes back to a desk instead of being released. */
  readonly notAfter?: string;
  readonly legalBasis?: LegalBasis;
  readonly handling: Handling;
  /** What clocks, counters and registers read. Declared by the act type; never personal data. */
  readonly inputs: JsonObject;
  readonly gates: readonly GatePassed[];
  /** `floor` where the accord's floor is claimed. */
  readonly floor?: true;
  readonly author: { readonly function: string; readonly pseudonym: string };
  /** SHA-256 of the body bytes; absent for an act without a body. */
  readonly body?: Sha256Hex;
}

/** Where an entry stands: whose channel, which epoch, which index. */
export interface Position {
  readonly party: PartyId;
  readonly epoch: number;
  readonly index: LogSize;
}

/** What the log says of an entry besides its bytes (PROTOCOL §2.1). */
export interface Leaf {
  readonly act: ActId;
  readonly envelope: Sha256Hex;
  readonly time: Instant;
  readonly seen: { readonly size: LogSize; readonly root: Sha256Hex };
}

/** A file that belongs to an act; listed in the body, its ciphertext hash receipted by act. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: Sha256Hex;
  readonly sealedSize: number;
  readonly sealedSha256: Sha256Hex;
}

/** The part of an act that can be erased: all personal data and free text. */
export interface Body {
  /** 32 bytes, base64: makes the body's hash mute once the body is gone. */
  readonly nonce: string;
  readonly fields: JsonObject;
  readonly attachments: readonly Attachment[];
}

/** Who must authorise an act of a type (PROTOCOL §1.3). */
export type AuthorKind = 'station' | 'administration' | 'one-officer' | 'two-officers' | 'root';

/** The final word on whether an entry has effect, judged at its author's past (PROTOCOL §3.3). */
export type Verdict = { readonly kind: 'effective' } | { readonly kind: 'noted'; readonly reason: NotedReason };

export const notedReasons = [
  'malformed',
  'repeated',
  'type-unknown',
  'version-not-in-accord',
  'accord-not-in-force',
  'accord-changes-keys',
  'signature-missing',
  'signature-invalid',
  'key-unknown',
  'key-revoked',
  'key-kind-not-allowed',
  'two-officers-needed',
  'lane-closed',
  'gate-missing',
  'legal-basis-missing',
  'not-the-owner',
  'not-in-this-state',
  'dossier-unopened',
  'dossier-exists',
  'suspect',
  'orphaned',
  'overtaken',
  'inputs-malformed',
  'names-unknown-act',
] as const;
export type NotedReason = (typeof notedReasons)[number];

/** An entry in the one line of a relation, as the fold reads it: heads only. */
export interface LinedAct {
  readonly id: ActId;
  readonly head: Head;
  readonly position: Position;
  readonly rank: number;
  readonly seen: LogSize;
  readonly verdict: Verdict;
}
