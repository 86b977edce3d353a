import { BIRTH_MISSING, compareBirths } from '../dates/compare-births.ts';
import { DOCUMENT_MISSING, compareDocuments } from '../documents/compare-documents.ts';
import { PLACE_MISSING, comparePlaces } from '../places/compare-places.ts';
import { nameEvidence } from './name-evidence.ts';
import type { PreparedIdentity } from './prepared.ts';

/** The two statements of a kind that agree most. One object a kind is overwritten by every search. */
export type Agreement = { left: number; right: number; finding: number };

const names = { left: -1, right: -1, evidence: 0 };

/** The two names with the most evidence; without a name on one side the indices are −1. */
export function bestNames(a: PreparedIdentity, b: PreparedIdentity): typeof names {
  names.left = -1;
  names.right = -1;
  names.evidence = 0;
  for (let i = 0; i < a.names.length; i++) {
    for (let j = 0; j < b.names.length; j++) {
      const [left, right] = [a.names[i], b.names[j]];
      if (left === undefined || right === undefined) continue;
      const evidence = nameEvidence(left, right);
      if (names.left >= 0 && evidence <= names.evidence) continue;
      names.left = i;
      names.right = j;
      names.evidence = evidence;
    }
  }
  return names;
}

const births: Agreement = { left: -1, right: -1, finding: BIRTH_MISSING };

export function bestBirths(a: PreparedIdentity, b: PreparedIdentity): Agreement {
  births.finding = BIRTH_MISSING;
  for (let i = 0; i < a.births.length; i++) {
    for (let j = 0; j < b.births.length; j++) {
      const [left, right] = [a.births[i], b.births[j]];
      if (left !== undefined && right !== undefined) keep(births, i, j, compareBirths(left.birth, right.birth));
    }
  }
  return births;
}

const places: Agreement = { left: -1, right: -1, finding: PLACE_MISSING };

export function bestPlaces(a: PreparedIdentity, b: PreparedIdentity): Agreement {
  places.finding = PLACE_MISSING;
  for (let i = 0; i < a.birthplaces.length; i++) {
    for (let j = 0; j < b.birthplaces.length; j++) {
      const [left, right] = [a.birthplaces[i], b.birthplaces[j]];
      if (left !== undefined && right !== undefined) keep(places, i, j, comparePlaces(left, right));
    }
  }
  return places;
}

const documents: Agreement = { left: -1, right: -1, finding: DOCUMENT_MISSING };

export function bestDocuments(a: PreparedIdentity, b: PreparedIdentity): Agreement {
  documents.finding = DOCUMENT_MISSING;
  for (let i = 0; i < a.documents.length; i++) {
    for (let j = 0; j < b.documents.length; j++) {
      const [left, right] = [a.documents[i], b.documents[j]];
      if (left !== undefined && right !== undefined) keep(documents, i, j, compareDocuments(left, right));
    }
  }
  return documents;
}

/** Findings are listed from agreement to conflict: the lower index is the better agreement. */
function keep(best: Agreement, left: number, right: number, finding: number): void {
  if (finding >= best.finding) return;
  best.left = left;
  best.right = right;
  best.finding = finding;
}
