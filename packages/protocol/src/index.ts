export type { ActId, DossierId, Instant, LogSize, PartyId, RelationId, Sha256Hex } from './identifiers.ts';
export {
  isActId,
  isDossierId,
  isLogSize,
  isPartyId,
  isRelationId,
  isSha256Hex,
  readInstant,
  writeInstant,
} from './identifiers.ts';
export { orUnreadable, Refusal, refusalCodes } from './refusal.ts';
export type { FieldFault, RefusalCode, RefusalDetail } from './refusal.ts';
export { notedWords, refusalWords } from './refusal-words.ts';
export { canonicalJson, readCanonicalJson } from './canonical-json.ts';
export type { Json, JsonObject } from './json.ts';
export {
  handlingCodes,
  informationGrades,
  legalBases,
  refusalGrounds,
  sourceGrades,
  strictestHandling,
} from './handling.ts';
export type { Handling, HandlingCode, InformationGrade, LegalBasis, RefusalGround, SourceGrade } from './handling.ts';
export { notedReasons } from './act.ts';
export type {
  Attachment,
  AuthorKind,
  Body,
  GatePassed,
  Head,
  Leaf,
  LinedAct,
  NotedReason,
  Position,
  Verdict,
} from './act.ts';
export { languages, officerKeyKinds } from './accord.ts';
export type { Accord, Language, OfficerKeyKind, PartyTerms, TrackTerms, Words } from './accord.ts';
export { otherKeysIn } from './accord-keys.ts';
export { maximumAccordBytes, readAccord, writeAccord } from './accord-reader.ts';
export { blindAuditDays, blindKeyInForce, blindTermsOf } from './blind-terms.ts';
export type { BlindKeyTerms, BlindTerms } from './blind-terms.ts';
export { blindRefusals } from './relation/blind-acts.ts';
export type { BlindRefusal } from './relation/blind-acts.ts';
export { defaultScreening, mayCompare, screeningOf, screeningUses } from './screening-terms.ts';
export type { ScreeningTerms, ScreeningUse } from './screening-terms.ts';
export { clockEnds, clockExpiries, clockUnits } from './clock-terms.ts';
export type { CalendarTable, CalendarYear, ClockEnd, ClockExpiry, ClockTerms, ClockUnit } from './clock-terms.ts';
export { addWorkingDays, endOfDay, isUndetermined, isWorkingDay, localTime, startOfDay } from './calendar.ts';
export type { LocalTime, Undetermined } from './calendar.ts';
export { continueCalendar } from './calendar-continued.ts';
export { endOfPeriod } from './calendar-period.ts';
export type { Period, Stop } from './calendar-period.ts';
export { certainties, runClock } from './clock.ts';
export type { ActTime, Certainty, ClockReading, Deadline, TimeOf } from './clock.ts';
export { calendarOf } from './clock-calendar.ts';
export { escalationInstants } from './clock-escalation.ts';
export { defaultClockNames, defaultClocks } from './default-clocks.ts';
export type { DefaultClock } from './default-clocks.ts';
export type { Field, FieldKind } from './field.ts';
export type {
  ActType,
  ClockMove,
  ClockRun,
  Counter,
  DossierState,
  Effect,
  FoldedAct,
  Side,
  SpokenOf,
  Track,
} from './track.ts';
export { checkVisibleText, firstInvisible } from './visible-text.ts';
export { maximumHeadBytes, readHead, writeHead } from './head.ts';
export { maximumBodyBytes, readBody, writeBody } from './body.ts';
export { checkFields, freeTextFields, readFields } from './read-fields.ts';
export { jsonSchemaOf } from './json-schema.ts';
export { isDay, isPartialDate } from './day.ts';
export { isFloorAct, laneDirections, laneSettings, mayPass, strictestLane } from './lanes.ts';
export type { LaneDirection, LaneSetting, Passage } from './lanes.ts';
export {
  compareInLine,
  cover,
  isBefore,
  isConcurrent,
  isCovered,
  isCut,
  largestCut,
  lineUp,
  rankAfter,
} from './line.ts';
export type { Cut, LineEntry, Parties, Ranked, SeenAt } from './line.ts';
export { clockTolerance, cosignedBeyondSeen, effectiveTime, effectiveTimes } from './effective-time.ts';
export type { EffectiveTime, TimedLeaf } from './effective-time.ts';
export { positionsAt } from './key-positions.ts';
export {
  changeDigest,
  differingDossiers,
  dossierDigest,
  emptyDigest,
  hashDigest,
  readDigest,
  writeDigest,
} from './digest.ts';
export type { RelationDigest, Sha256 } from './digest.ts';
export { commonActs, eraseAnswers, recallAnswers, withdrawalGrounds } from './common-acts.ts';
export { commonWords } from './common-words.ts';
export { actTypeOf } from './act-table.ts';
export type { TypedAct } from './act-table.ts';
export { relationDossier, relationTrack } from './relation/track.ts';
export { Registers } from './registers.ts';
export type { View } from './registers.ts';
export { readRegister } from './relation/read-register.ts';
export type { OfficerKey, RegisterWrite, SealingKey } from './relation/read-register.ts';
export { markSuspects, suspectRanges } from './suspect.ts';
export type { SuspectRange } from './suspect.ts';
export { judge } from './verdict.ts';
export type { JudgedEntry } from './verdict.ts';
export type { KeysetFacts, Known } from './known.ts';
export type { SignerFact } from './authority.ts';
export { foldDossier, stateBytes } from './fold.ts';
