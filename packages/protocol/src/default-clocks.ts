import type { ClockTerms } from './clock-terms.ts';

export const defaultClockNames = [
  'urgent-direct',
  'urgent-indirect',
  'other',
  'threat-to-life-acknowledge',
  'threat-to-life-answer',
  'hit-follow-up',
  'readmission-reply',
  'travel-document',
  'document-validity',
  'transfer',
  'take-back',
  'yearly-statistics',
] as const;
export type DefaultClock = (typeof defaultClockNames)[number];

const directive = 'Directive (EU) 2023/977';

/**
 * The time limits an accord starts from (DOMAIN §3). Configuration, never law by itself: `verified` says whether it was
 * read in a published source, or waits for the party's lawyers. Which act triggers, stops or ends one is the track's.
 */
export const defaultClocks: Readonly<Record<DefaultClock, ClockTerms>> = {
  'urgent-direct': {
    limit: 8,
    unit: 'hours',
    calendar: 'receiver',
    endsOn: 'any-day',
    onExpiry: 'counted-late',
    source: `${directive} art. 5(1)(a)`,
    verified: true,
  },
  'urgent-indirect': {
    limit: 3,
    unit: 'calendar-days',
    calendar: 'receiver',
    endsOn: 'working-day',
    onExpiry: 'counted-late',
    source: `${directive} art. 5(1)(b)`,
    verified: true,
  },
  other: {
    limit: 7,
    unit: 'calendar-days',
    calendar: 'receiver',
    endsOn: 'working-day',
    onExpiry: 'counted-late',
    source: `${directive} art. 5(1)(c)`,
    verified: true,
  },
  'threat-to-life-acknowledge': {
    limit: 30,
    unit: 'minutes',
    calendar: 'receiver',
    endsOn: 'any-day',
    onExpiry: 'escalate',
    source: 'default of this project',
    verified: false,
  },
  'threat-to-life-answer': {
    limit: 120,
    unit: 'minutes',
    calendar: 'receiver',
    endsOn: 'any-day',
    onExpiry: 'escalate',
    source: 'default of this project',
    verified: false,
  },
  'hit-follow-up': {
    limit: 48,
    unit: 'hours',
    calendar: 'receiver',
    endsOn: 'any-day',
    onExpiry: 'counted-late',
    source: 'Regulation (EU) 2024/982 art. 47, read in a secondary source',
    verified: true,
  },
  'readmission-reply': {
    limit: 25,
    extendableTo: 60,
    unit: 'calendar-days',
    calendar: 'receiver',
    endsOn: 'working-day',
    onExpiry: 'unanswered',
    source: 'bilateral model of 2009; the accord may say deemed-agreed',
    verified: true,
  },
  'travel-document': {
    limit: 3,
    unit: 'working-days',
    calendar: 'author',
    endsOn: 'working-day',
    onExpiry: 'own-document-accepted',
    source: 'EU–Turkey readmission agreement, read in a secondary source; the accord may say otherwise',
    verified: true,
  },
  'document-validity': {
    limit: 60,
    unit: 'calendar-days',
    calendar: 'author',
    endsOn: 'any-day',
    onExpiry: 'expired-unused',
    source: 'French–Moroccan practice; at least 6 months between the EU and Sri Lanka',
    verified: true,
  },
  transfer: {
    limit: 90,
    unit: 'calendar-days',
    calendar: 'receiver',
    endsOn: 'working-day',
    onExpiry: 'back-to-earlier-state',
    source: 'bilateral readmission agreements',
    verified: true,
  },
  'take-back': {
    limit: 3,
    unit: 'months',
    calendar: 'receiver',
    endsOn: 'working-day',
    onExpiry: 'none',
    source: 'readmission agreements, read in a secondary source',
    verified: true,
  },
  // Runs from the first instant of 1 January: two months from that date end with the last hour of 1 March.
  'yearly-statistics': {
    limit: 2,
    unit: 'months',
    calendar: 'author',
    endsOn: 'any-day',
    onExpiry: 'none',
    source: `${directive} art. 18: by 1 March of the following year`,
    verified: true,
  },
};
