/** A declared member of an act's inputs or body. From it come the reader, the API schema, the form and the printed page. */
export type Field = FieldKind & {
  readonly name: string;
  readonly required?: true;
};

export type FieldKind =
  | { readonly kind: 'text'; readonly maximum: number; readonly multiline?: true }
  /** Free text with its language and, where given, a translation attributed to who made it and when. */
  | { readonly kind: 'free-text'; readonly maximum: number }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'choices'; readonly of: readonly string[]; readonly minimum?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'number'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'instant' }
  /** A date of any precision: `1984`, `1984-03`, `1984-03-12`. */
  | { readonly kind: 'date' }
  | { readonly kind: 'act' }
  | { readonly kind: 'group'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly maximum: number; readonly minimum?: number; readonly of: FieldKind }
  /** One of several shapes, told apart by `kind`. */
  | { readonly kind: 'variant'; readonly of: Readonly<Record<string, readonly Field[]>> };
