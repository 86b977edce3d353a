const FAULTS = {
  'size-limit': 'longer than the limit',
  utf8: 'not well-formed UTF-8',
  'control-character': 'contains a control character',
  base64: 'not canonical base64',
  number: 'not a canonical decimal below 2^53',
  hash: 'not a 32-byte SHA-256 hash',
  'note-shape': 'not a note: text ending in a newline, an empty line, signature lines',
  'signature-line': 'not a signature line',
  'key-name': 'not a key name: empty, or contains a space or a plus',
  'vkey-shape': 'not a verifier key',
  'vkey-id': 'key id does not match the key',
  'vkey-type': 'signature type not fit for this use',
  'vkey-length': 'public key of the wrong length for its type',
  'checkpoint-shape': 'not a checkpoint: origin, size, root, non-empty extension lines',
  'cosigned-name': 'a cosigned name must be 1 to 255 bytes long',
  timestamp: 'not a timestamp in POSIX seconds below 2^53',
  'signature-length': 'signature of the wrong length for its type',
  'signature-invalid': 'a known key did not make this signature',
  'signature-missing': 'no signature by a required key',
  'origin-unexpected': 'another origin was expected',
  'quorum-missing': 'the cosignatures do not reach the quorum',
  'policy-line': 'not a policy line',
  'policy-name': 'name undefined, reserved or used twice',
  'policy-duplicate': 'the same key twice',
  'policy-threshold': 'threshold outside 1 to the number of members',
  'policy-quorum': 'a policy has exactly one quorum line',
  'frontier-shape': 'as many hashes as the size has ones in binary',
  'range-outside': 'not a range of leaves of this tree',
  'inclusion-invalid': 'the inclusion proof does not hold',
  'consistency-invalid': 'the consistency proof does not hold',
  'tile-path': 'not the path of a tile',
  'tile-missing': 'a tile this computation needs was not handed in',
  'tile-width': 'a tile holds fewer hashes than its width, or part of one',
  'bundle-shape': 'not a bundle of 1 to 256 entries, each behind its length',
  'proof-shape': 'not a tlog-proof',
  'request-shape': 'not a witness request',
} as const;

/** The closed table of what can be wrong. */
export type FormatCode = keyof typeof FAULTS;

/** The only error this library throws on input: `code` says what was wrong, `where` in which part. */
export class FormatError extends Error {
  override readonly name: string = 'FormatError';
  readonly code: FormatCode;
  readonly where: string;

  constructor(code: FormatCode, where: string) {
    super(`${where}: ${FAULTS[code]}`);
    this.code = code;
    this.where = where;
  }
}
