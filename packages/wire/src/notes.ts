import { type C2spCrypto, FormatError, type KnownVerifierKey, type Note, verifyNote } from '@entente/c2sp';
import { Refusal, type RefusalCode } from '@entente/protocol';

/** Runs a reader or verifier of C2SP formats and turns its error into a refusal; bad signatures keep their own codes. */
export function refusing<T>(code: RefusalCode, where: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new Refusal(codeOf(cause, code), { where, what: cause.message.slice(0, 200) }, { cause });
  }
}

/** Accepts a note that all these keys signed. @throws Refusal `note-malformed`, `signature-missing`, `signature-invalid` */
export function verifySignedNote(
  crypto: C2spCrypto,
  bytes: Uint8Array,
  keys: readonly [KnownVerifierKey, ...KnownVerifierKey[]],
  where: string,
): Note {
  return refusing('note-malformed', where, () => verifyNote(crypto, bytes, keys));
}

function codeOf({ code }: FormatError, otherwise: RefusalCode): RefusalCode {
  switch (code) {
    case 'signature-invalid':
    case 'signature-missing':
      return code;
    case 'quorum-missing':
      return 'signature-missing';
    case 'inclusion-invalid':
    case 'consistency-invalid':
      return 'proof-invalid';
    default:
      return otherwise;
  }
}
