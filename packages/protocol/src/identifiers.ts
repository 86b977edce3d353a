declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: { readonly [name in Name]: true } };

/** SHA-256 as 64 lowercase hexadecimal digits. */
export type Sha256Hex = Branded<string, 'Sha256Hex'>;
/** SHA-256 of an act's head bytes, hexadecimal. */
export type ActId = Sha256Hex & Branded<string, 'ActId'>;
/** 32 lowercase hexadecimal digits chosen by the party that opens the dossier. */
export type DossierId = Branded<string, 'DossierId'>;
/** A party's short name, as in the accord: `fr`, `ma-dgsn`. Lowercase letters, digits, hyphens; 1 to 32 characters. */
export type PartyId = Branded<string, 'PartyId'>;
/** A relation's name, as in the accord. Same grammar as a party's. */
export type RelationId = Branded<string, 'RelationId'>;
/** How many entries a log has, 0 to 2^53 − 1; the index of an entry is below it. */
export type LogSize = Branded<number, 'LogSize'>;
/** An instant in milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type Instant = Branded<number, 'Instant'>;

const hex64 = /^[0-9a-f]{64}$/;
const hex32 = /^[0-9a-f]{32}$/;
const shortName = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;
const instantText = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export function isSha256Hex(text: unknown): text is Sha256Hex {
  return typeof text === 'string' && hex64.test(text);
}
export function isActId(text: unknown): text is ActId {
  return isSha256Hex(text);
}
export function isDossierId(text: unknown): text is DossierId {
  return typeof text === 'string' && hex32.test(text);
}
export function isPartyId(text: unknown): text is PartyId {
  return typeof text === 'string' && shortName.test(text);
}
export function isRelationId(text: unknown): text is RelationId {
  return typeof text === 'string' && shortName.test(text);
}
export function isLogSize(value: unknown): value is LogSize {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Reads the one spelling of an instant, `2026-11-23T11:27:41.123Z`; undefined for anything else. */
export function readInstant(text: unknown): Instant | undefined {
  if (text === lastWritten.text) return lastWritten.instant as Instant;
  if (typeof text !== 'string' || !instantText.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) || writeInstant(milliseconds as Instant) !== text
    ? undefined
    : (milliseconds as Instant);
}

// The entries of one parcel are of one instant: it is written and read once.
let lastWritten = { instant: 0, text: new Date(0).toISOString() };

/** Writes an instant as `2026-11-23T11:27:41.123Z`. */
export function writeInstant(instant: Instant): string {
  if (lastWritten.instant !== instant) lastWritten = { instant, text: new Date(instant).toISOString() };
  return lastWritten.text;
}
