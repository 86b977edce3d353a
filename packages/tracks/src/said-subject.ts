/** A subject as a body says it, in the members by which subjects are compared; nothing is read or corrected yet. */
export interface SaidSubject {
  /** Which of the body's subjects, from 0. */
  readonly place: number;
  /** `person`, `organisation`, `vehicle`…: only like is compared with like, except by numbers. */
  readonly kind: string;
  /** What a list shows for it. */
  readonly label: string;
  /** Whose likeness is compared: persons and organisations. */
  readonly identity: SaidIdentity | undefined;
  readonly numbers: readonly SaidNumber[];
}

/** Names, dates and places as written. */
export interface SaidIdentity {
  readonly names: readonly string[];
  readonly births: readonly string[];
  readonly birthplaces: readonly string[];
  readonly documents: readonly { readonly kind: string; readonly number: string; readonly issuer?: string }[];
  readonly sex: 'female' | 'male' | undefined;
}

/** A number or name that is given once, so that equality is enough. */
export interface SaidNumber {
  /** `telephone`, `imei`, `plate`, `document`… */
  readonly kind: string;
  readonly number: string;
  /** Of the subject, as written; telephone numbers without a country code need it. */
  readonly country?: string;
}
