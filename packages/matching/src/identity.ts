/**
 * What a file says of one person, as written there: nothing is read or corrected before it is compared.
 * Every list may be empty; whoever has only a name gives only names.
 */
export type Identity = {
  /** The name and its other spellings, scripts and aliases, the principal one first. */
  readonly names: readonly string[];
  /** Each `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, `~YYYY` (about) or `YYYY/YYYY` (between), Gregorian. */
  readonly births?: readonly string[];
  /** Towns or regions of birth, in any spelling. */
  readonly birthplaces?: readonly string[];
  readonly documents?: readonly IdentityDocument[];
  readonly sex?: 'female' | 'male';
};

/** A passport, an identity card, a telephone or a national number: anything that is issued once. */
export type IdentityDocument = {
  readonly kind: string;
  readonly number: string;
  /** ISO 3166-1 alpha-2 of the state that issued it. */
  readonly issuer?: string;
};
