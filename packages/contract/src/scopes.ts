/** What a token may be good for. Content is apart from everything else: an auditor works without it. */
export const scopes = [
  /** Heads, states, clocks, receipts, alarms, events: no content. */
  'relations.read',
  /** Bodies and attachments, each read logged. */
  'content.read',
  /** Drafts, attachments, and acts with an officer's signature. */
  'acts.write',
  /** Evidence and exports to a file outside. */
  'content.export',
  /** The record of transfers to another state. */
  'transfers.read',
  /** Who read what, and why. */
  'reads.inspect',
  /** Officers, rosters, tokens, webhooks. */
  'administration',
  'metrics.read',
] as const;
export type Scope = (typeof scopes)[number];

export const roles = ['officer', 'head-of-desk', 'auditor', 'inspector', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** What each role may do at most; an officer's token may be for less, never for more. */
export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  officer: ['relations.read', 'content.read', 'acts.write', 'content.export'],
  'head-of-desk': ['relations.read', 'content.read', 'acts.write', 'content.export', 'transfers.read'],
  auditor: ['relations.read', 'transfers.read'],
  inspector: ['relations.read', 'content.read', 'transfers.read', 'reads.inspect'],
  administrator: ['administration', 'metrics.read'],
};

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
