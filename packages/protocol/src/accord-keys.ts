import type { Accord } from './accord.ts';

/**
 * Where an accord names other keys of a party than the one it replaces: a root and what it signs change by keysets alone
 * (PROTOCOL §4.1). Undefined where it keeps them.
 */
export function otherKeysIn(accord: Accord, replaced: Accord): string | undefined {
  for (const [at, { id, root, keyset }] of accord.parties.entries()) {
    const before = replaced.parties[at === 0 ? 0 : 1];
    if (id !== before.id) return `$.parties[${at}].id`;
    if (root.ed25519 !== before.root.ed25519) return `$.parties[${at}].root.ed25519`;
    if (root.mldsa44 !== before.root.mldsa44) return `$.parties[${at}].root.mldsa44`;
    if (keyset !== before.keyset) return `$.parties[${at}].keyset`;
  }
  return undefined;
}
