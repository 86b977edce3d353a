import type { BlindTerms } from './blind-terms.ts';
import type { PartyId, RelationId, Sha256Hex } from './identifiers.ts';
import type { Json } from './json.ts';
import type { CalendarTable, ClockTerms } from './clock-terms.ts';
import type { ScreeningTerms } from './screening-terms.ts';

/** Languages of the interface and of free text that the software itself writes. */
export const languages = ['fr', 'ar', 'en'] as const;
export type Language = (typeof languages)[number];
export type Words = Readonly<Record<Language, string>>;

/** Kinds of officer keys an accord may allow: a device-bound passkey, a synced one, a key file used on the command line. */
export const officerKeyKinds = ['passkey', 'synced-passkey', 'key-file'] as const;
export type OfficerKeyKind = (typeof officerKeyKinds)[number];

/** What one party brings to the accord. Keys are raw, base64. */
export interface PartyTerms {
  readonly id: PartyId;
  readonly name: Words;
  readonly root: { readonly ed25519: string; readonly mldsa44: string };
  /** SHA-256 of the first keyset and of the spare one, whose private halves are offline. */
  readonly keyset: Sha256Hex;
  readonly spareKeyset: Sha256Hex;
  /** The relying-party id and origins of officers' signing passkeys. */
  readonly signing: { readonly rpId: string; readonly origins: readonly string[] };
  /** Name of the party's calendar in `calendars`. */
  readonly calendar: string;
}

export interface TrackTerms {
  readonly name: string;
  readonly version: number;
  /** SHA-256 of the track's conformance vectors: both sides run the same rules. */
  readonly vectors: Sha256Hex;
  /** Days an item may be kept by the receiver. */
  readonly retentionDays: number;
}

/**
 * What the two parties agreed (DESIGN, *accord*). Signed by both roots as bytes; its SHA-256 is named in every head.
 * The party listed first wins where the rules need a first.
 */
export interface Accord {
  readonly v: 1;
  readonly relation: RelationId;
  readonly parties: readonly [PartyTerms, PartyTerms];
  readonly previous?: Sha256Hex;
  readonly tracks: readonly TrackTerms[];
  readonly legalBases: readonly string[];
  readonly clocks: Readonly<Record<string, ClockTerms>>;
  readonly calendars: Readonly<Record<string, CalendarTable>>;
  /** Acts that always pass: types, and the marking that makes them floor. */
  readonly floor: readonly { readonly type: string; readonly marking: string }[];
  readonly quotas: { readonly actsPerDay: number; readonly bytesPerDay: number; readonly openDossiersPerDay: number };
  readonly officerKeys: readonly OfficerKeyKind[];
  /** Neutral witnesses' vkeys, if any; they get checkpoints only. */
  readonly witnesses: readonly string[];
  /** Days within which every backup expires, and parcels' old sealing keys live at most. */
  readonly backupDays: number;
  readonly carryDays: number;
  /** Blind checks, by purpose; absent: none. */
  readonly blind?: readonly BlindTerms[];
  /** Comparing subjects with what a station holds; absent: `defaultScreening`. */
  readonly screening?: ScreeningTerms;
  /** Track rules that the accord sets, by `<track>/<rule>`. */
  readonly rules: Readonly<Record<string, Json>>;
}
