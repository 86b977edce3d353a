import type { Accord, OfficerKeyKind } from './accord.ts';
import type { AuthorKind, Head, NotedReason } from './act.ts';
import type { Sha256Hex } from './identifiers.ts';
import type { OfficerKey } from './relation/read-register.ts';
import type { View } from './registers.ts';
import type { KeysetFacts, Known } from './known.ts';

/** One signature of an envelope, as whoever holds the cryptography found it. `key` is the SHA-256 of the raw public key. */
export interface SignerFact {
  readonly kind: 'station' | 'administration' | 'officer' | 'root';
  readonly key: Sha256Hex;
  readonly valid: boolean;
  /** For an officer: what the assertion itself shows of its kind. */
  readonly keyKind?: OfficerKeyKind;
}

/** Who must authorise an act here and now: its type's closed table, loosened by the floor, tightened by a guarded lane. */
export interface RequiredAuthor {
  readonly kind: AuthorKind;
  readonly isFloor: boolean;
  readonly guarded: boolean;
}

/** Why the signatures do not authorise the act, at its author's past; undefined where they do. */
export function faultOfAuthor(
  author: RequiredAuthor,
  head: Head,
  signers: readonly SignerFact[],
  view: View,
  accord: Accord,
  known: Known,
): NotedReason | undefined {
  switch (author.kind) {
    case 'station':
    case 'administration':
    case 'root':
      return faultOfKeysetKey(author.kind, signers, view, accord, known);
    case 'one-officer':
      return faultOfOfficers(author.guarded ? 2 : 1, head, signers, view, accord);
    case 'two-officers':
      return faultOfOfficers(author.isFloor ? 1 : 2, head, signers, view, accord);
    default:
      return author.kind satisfies never;
  }
}

function faultOfKeysetKey(
  kind: 'station' | 'administration' | 'root',
  signers: readonly SignerFact[],
  view: View,
  accord: Accord,
  known: Known,
): NotedReason | undefined {
  const signer = signers.find((fact) => fact.kind === kind);
  if (signer === undefined) return 'signature-missing';
  if (!signer.valid) return 'signature-invalid';
  if (keysetOf(view, accord, known)?.[kind] !== signer.key) return 'key-unknown';
  // The root is frozen by nobody below it.
  return kind !== 'root' && view.isStopped(signer.key) ? 'key-revoked' : undefined;
}

/** The keyset in force: the last one announced, else the accord's own. No accord brings another root (§3.10). */
function keysetOf(view: View, accord: Accord, known: Known): KeysetFacts | undefined {
  const hash = view.keyset() ?? accord.parties.find((party) => party.id === view.author)?.keyset;
  return hash && known.keyset(hash);
}

function faultOfOfficers(
  needed: 1 | 2,
  head: Head,
  signers: readonly SignerFact[],
  view: View,
  accord: Accord,
): NotedReason | undefined {
  const pseudonyms = new Set<string>();
  let fault: NotedReason | undefined;
  for (const signer of signers) {
    if (signer.kind !== 'officer') continue;
    const officer = view.officerKey(signer.key);
    const found = faultOfOfficer(signer, officer, view, accord);
    if (found === undefined && officer !== undefined) pseudonyms.add(officer.pseudonym);
    fault ??= found;
  }
  if (pseudonyms.size === 0) return fault ?? 'signature-missing';
  // One person with two keys is one officer.
  if (pseudonyms.size < needed) return 'two-officers-needed';
  return pseudonyms.has(head.author.pseudonym) ? undefined : 'signature-missing';
}

function faultOfOfficer(
  signer: SignerFact,
  officer: OfficerKey | undefined,
  view: View,
  accord: Accord,
): NotedReason | undefined {
  if (!signer.valid) return 'signature-invalid';
  if (officer === undefined) return 'key-unknown';
  if (view.isStopped(signer.key)) return 'key-revoked';
  const shown = signer.keyKind ?? officer.kind;
  // A key enrolled as device-bound that shows itself synced counts as what it shows.
  return accord.officerKeys.includes(shown) && accord.officerKeys.includes(officer.kind)
    ? undefined
    : 'key-kind-not-allowed';
}
