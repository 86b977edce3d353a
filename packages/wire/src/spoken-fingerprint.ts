import { isSha256Hex, Refusal, type Sha256Hex } from '@entente/protocol';

/**
 * A fingerprint as two people read it to each other: sixteen groups of four hexadecimal digits, four groups a line.
 * All of them are compared: a shorter form could be matched by search.
 */
export function writeSpokenFingerprint(fingerprint: Sha256Hex): string {
  const groups = fingerprint.match(/.{4}/g) ?? [];
  return [0, 4, 8, 12].map((at) => groups.slice(at, at + 4).join(' ')).join('\n');
}

/** Reads what a person typed: white space anywhere, capitals or not. @throws Refusal `key-malformed` */
export function readSpokenFingerprint(typed: string): Sha256Hex {
  const fingerprint = typed.replaceAll(/\s+/g, '').toLowerCase();
  if (!isSha256Hex(fingerprint))
    throw new Refusal('key-malformed', { where: 'fingerprint', what: 'not 64 hexadecimal digits' });
  return fingerprint;
}
