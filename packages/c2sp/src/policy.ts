import type { KnownVerifierKey } from './vkey.ts';

// Names and URLs of a policy are opaque octets: here one character of a string stands for one octet, U+0000 to U+00FF.

/** A log whose checkpoints are accepted; its key's name is its origin. */
export interface PolicyLog {
  readonly vkey: KnownVerifierKey;
  readonly url?: string;
}

export interface PolicyWitness {
  /** Used in groups and the quorum only; not the key's name. */
  readonly name: string;
  readonly vkey: KnownVerifierKey;
  readonly url?: string;
}

/** Has witnessed what at least `threshold` of its members have. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
}

/** What a policy file says, c2sp.org/tlog-policy. */
export interface PolicyParts {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** A group's members come before it. */
  readonly groups: readonly PolicyGroup[];
  /** The name of a witness or group, or `none`. */
  readonly quorum: string;
}

declare const checked: unique symbol;

/** A policy that keeps every rule of the format: only `readPolicy` makes one. */
export type Policy = PolicyParts & { readonly [checked]: true };

/** Whether the witnesses named reach the policy's quorum. */
export function mayTrust(policy: Policy, witnesses: Iterable<string>): boolean {
  const witnessed = new Set(witnesses);
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name);
  }
  return policy.quorum === 'none' || witnessed.has(policy.quorum);
}
