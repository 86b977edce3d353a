/** A declared member of an act's inputs or body. From it come the reader, the API schema, the form and the printed page. */
export type Field = FieldKind & {
  readonly name: string;
  readonly required?: true;
};

export type FieldKind =
  | { readonly kind: 'text'; readonly maximum: number; readonly multiline?: true }
  /**
   * Free text with its language and, where given, a translation attributed to who made it and when:
   * `{language, text, translation?: {language, text, by, at}}`, languages as BCP 47 primary tags.
   */
  | { readonly kind: 'free-text'; readonly maximum: number }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'choices'; readonly of: readonly string[]; readonly minimum?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'number'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'instant' }
  /** A date of any precision: `1984`, `1984-03`, `1984-03-12`. */
  | { readonly kind: 'date' }
  /** A whole calendar day, `2027-11-23`. */
  | { readonly kind: 'day' }
  /** A BCP 47 primary language tag, `fr`. */
  | { readonly kind: 'language' }
  | { readonly kind: 'act' }
  /** A dossier of another relation or track: dossiers name each other, no state crosses (PROTOCOL §3.8). */
  | { readonly kind: 'dossier' }
  | { readonly kind: 'sha256' }
  /** Bytes in canonical base64; both bounds count bytes. */
  | { readonly kind: 'base64'; readonly minimum?: number; readonly maximum: number }
  | { readonly kind: 'group'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly maximum: number; readonly minimum?: number; readonly of: FieldKind }
  /** One of several shapes, told apart by `kind`. */
  | { readonly kind: 'variant'; readonly of: Readonly<Record<string, readonly Field[]>> };
