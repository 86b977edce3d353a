/** What the two processes of the bare pipeline agree on. Keys are raw, in base64. */
export interface BareTerms {
  readonly databaseUrl: string;
  readonly tls: { readonly key: string; readonly certificate: string };
  readonly sealing: { readonly encapsulation: string; readonly decapsulation: string };
  readonly signing: { readonly ed25519: string; readonly mldsa44: string };
  readonly verifying: { readonly ed25519: string; readonly mldsa44: string };
}

export const table = `create table if not exists bare (index bigint primary key, hash bytea not null, act bytea not null)`;
export const columns = { index: 'int8', hash: 'bytea', act: 'bytea' } as const;
export const actBytes = 1500;
