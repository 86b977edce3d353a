/** Why the index refuses what it is given; a caller shows its own words. */
export type SearchRefusalCode =
  | 'key-empty'
  | 'key-too-long'
  | 'identity-without-name'
  | 'identity-too-large'
  | 'index-full'
  | 'snapshot-foreign'
  | 'snapshot-version'
  | 'snapshot-damaged';

/** Thrown before anything is changed: an index that refuses is as it was. */
export class SearchRefusal extends Error {
  readonly code: SearchRefusalCode;

  constructor(code: SearchRefusalCode) {
    super(code);
    this.name = 'SearchRefusal';
    this.code = code;
  }
}
