export type { Comparison, EvidenceTerm, Finding } from './comparison.ts';
export type { Identity, IdentityDocument } from './identity.ts';
export { BlindFault } from './blind/blind-fault.ts';
export { blindKeys } from './blind/blind-keys.ts';
export type { BlindFaultCode } from './blind/blind-fault.ts';
export { deriveKey } from './blind/ciphersuite.ts';
export type { BlindKey } from './blind/ciphersuite.ts';
export { evaluateInput, finalize } from './blind/finalize.ts';
export type { BlindGroup } from './blind/group.ts';
export {
  blindInput,
  blindQuery,
  evaluateBlinded,
  isPad,
  randomScalar,
  tagsOfAnswer,
  verifyEvaluation,
} from './blind/query.ts';
export type { BlindedInput, Evaluation, Randomness } from './blind/query.ts';
export { readElement, readScalar } from './blind/read-element.ts';
export type { Element, Scalar } from './blind/read-element.ts';
export { findTag, pageLength, pagesFor, pageTags, writeTable } from './blind/table.ts';
export type { Found } from './blind/table.ts';
export { tagOf } from './blind/tag.ts';
export { readBirthDate } from './dates/birth-date.ts';
export type { BirthDate, BirthReading, BirthRefusal } from './dates/birth-date.ts';
export type { NameNote } from './names/clean.ts';
export type { Side } from './keys/key-words.ts';
export { matchKeys, MOST_MATCH_KEYS } from './keys/match-keys.ts';
export { readName } from './names/reading.ts';
export type { NameReading, NameRefusal } from './names/reading.ts';
export type { NameToken } from './names/token.ts';
export { compareNumbers } from './numbers/compare-numbers.ts';
export type { KindedNumber } from './numbers/compare-numbers.ts';
export { correctionsOf } from './numbers/corrections.ts';
export { plainNumber, sameToReader, westernFigures } from './numbers/plain-number.ts';
export { readNumber } from './numbers/read-number.ts';
export type { CheckedNumber } from './numbers/read-number.ts';
export { compareOrganisations } from './organisations/compare-organisations.ts';
export { searchedOrganisation } from './organisations/searched-organisation.ts';
export { comparePrepared, compareIdentities, evidenceOf, probabilityOf } from './score/compare-identities.ts';
export { prepareIdentity } from './score/prepared.ts';
export type { PreparedIdentity, Remark } from './score/prepared.ts';
export { nameOfTokens, prepareToken } from './score/prepared-name.ts';
export type { PreparedName, PreparedToken } from './score/prepared-name.ts';
export type { Candidate, SearchOptions } from './search/candidate.ts';
export { createIdentityIndex, restoreIdentityIndex } from './search/identity-index.ts';
export type { IdentityIndex, IdentityIndexOptions } from './search/identity-index.ts';
export { SearchRefusal } from './search/search-refusal.ts';
export type { SearchRefusalCode } from './search/search-refusal.ts';
export { mergeCandidates, shardOf } from './search/shards.ts';
export type { RarityOf } from './spelling/rarity.ts';
export { skeletonOf, skeletonsOf } from './spelling/skeleton.ts';
export { tokenEvidence } from './spelling/token-evidence.ts';
