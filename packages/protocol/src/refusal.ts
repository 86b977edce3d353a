/**
 * Every way in which something from outside is refused. A code is for programs and for translation; its wording in
 * three languages stands in `refusal-words.ts`, its HTTP status in `contract`. None carries personal data.
 */
export const refusalCodes = [
  // Bytes that cannot be read
  'json-malformed',
  'json-not-canonical',
  'json-too-deep',
  'text-invisible-characters',
  'field-missing',
  'field-unknown',
  'field-malformed',
  'too-large',
  'base64-malformed',
  'key-malformed',
  'envelope-malformed',
  'approval-malformed',
  'parcel-malformed',
  'leaf-malformed',
  'note-malformed',
  'accord-malformed',
  'keyset-malformed',
  'attachment-malformed',
  'tar-malformed',
  // Bytes that can be read and do not hold
  'hash-mismatch',
  'signature-invalid',
  'signature-missing',
  'proof-invalid',
  'key-unknown',
  'key-not-allowed',
  'wrong-recipient',
  'wrong-relation',
  'wrong-epoch',
  'accord-not-signed',
  'approval-missing',
  'seal-unopenable',
  // The channel
  'history-conflict',
  'head-behind',
  'seen-too-far',
  'seen-decreases',
  'gap',
  'channel-stopped',
  'not-caught-up',
  'clock-off',
  'quota-exceeded',
  // What an officer may do
  'not-authorised',
  'not-allowed-in-state',
  'act-type-unknown',
  'track-unknown',
  'gate-open',
  'handling-forbids',
  'lane-closed',
  'past-not-after',
  'two-officers-needed',
  'dossier-unknown',
  'act-unknown',
  'officer-unknown',
  'relation-unknown',
  'token-expired',
  'attachment-unknown',
  'attachment-awaited',
  'body-erased',
  'body-awaited',
  'purpose-missing',
  'already-exists',
  'list-unknown',
  'list-malformed',
  'match-unknown',
  'blind-unknown',
  'blind-set-missing',
  // The machine
  'database-unsafe',
  'database-newer',
  'store-full',
  'link-down',
  'keystore-missing',
  'backup-malformed',
  'usage',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** One fault of a member of an act or of a request: which rule, where, what was expected. Never the value. */
export interface FieldFault {
  readonly code: 'field-missing' | 'field-unknown' | 'field-malformed' | 'text-invisible-characters' | 'too-large';
  readonly where: string;
  readonly what: string;
}

/** What was refused, where in it, and the values a message may show. Never personal data. */
export interface RefusalDetail {
  /** The place in the refused thing: a JSON path, a line number, a file name. */
  readonly where?: string;
  /** What was found or expected, for a technician; short. */
  readonly what?: string;
  /** When to try again, in seconds. */
  readonly retryAfter?: number;
  /** All faults of the refused thing, each with its place, where there may be several. */
  readonly faults?: readonly FieldFault[];
}

/** The one error of a refusal. Everything else thrown is a defect. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;

  constructor(code: RefusalCode, detail: RefusalDetail = {}, options?: ErrorOptions) {
    super([code, detail.where && `at ${detail.where}`, detail.what].filter(Boolean).join(': '), options);
    this.code = code;
    this.detail = detail;
  }
}

/** What a strict reader gives; undefined where it refuses. Any other error is a defect and goes on. */
export function orUnreadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
