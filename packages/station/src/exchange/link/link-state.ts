import type { Instant, RefusalCode } from '@entente/protocol';

/** Whether the road to a counterpart works, as the API shows it. */
export type LinkState =
  | { readonly kind: 'up'; readonly since: Instant; readonly lastError: RefusalCode | undefined }
  | {
      readonly kind: 'down';
      readonly since: Instant;
      /** Failed attempts in a row. */
      readonly failures: number;
      readonly retryAt: Instant;
      readonly lastError: RefusalCode | undefined;
    };

const firstDelay = 500;
const longestDelay = 60_000;

/** A link nobody has tried yet; it may be tried at once. */
export function newLink(now: Instant): LinkState {
  return Object.freeze({ kind: 'down', since: now, failures: 0, retryAt: now, lastError: undefined });
}

/** After an attempt that came through: the next failure starts from the shortest delay again. */
export function linkAnswered(link: LinkState, now: Instant): LinkState {
  return link.kind === 'up' ? link : Object.freeze({ kind: 'up', since: now, lastError: link.lastError });
}

/** What the counterpart asked for, in seconds, and a chance from 0 to below 1. */
export interface RetryTerms {
  readonly chance: number;
  readonly retryAfter?: number | undefined;
}

/**
 * After an attempt that failed. Exponential with full jitter, so that a hundred stations do not come back in one instant;
 * never beyond a minute, whatever the counterpart asks.
 */
export function linkFailed(
  link: LinkState,
  lastError: RefusalCode,
  now: Instant,
  { chance, retryAfter = 0 }: RetryTerms,
): LinkState {
  const failures = link.kind === 'up' ? 1 : link.failures + 1;
  const bound = Math.min(longestDelay, firstDelay * 2 ** Math.min(failures - 1, 20));
  const delay = Math.min(longestDelay, Math.max(Math.floor(bound * chance), retryAfter * 1000));
  const since = link.kind === 'up' ? now : link.since;
  return Object.freeze({ kind: 'down', since, failures, retryAt: (now + delay) as Instant, lastError });
}

/** Something urgent waits, or the counterpart was heard: try now. How often it failed is not forgotten. */
export function wakeLink(link: LinkState, now: Instant): LinkState {
  return link.kind === 'up' ? link : Object.freeze({ ...link, retryAt: now });
}

/** Milliseconds until the next attempt may be made; 0 for now. A clock set back holds nothing up for over a minute. */
export function delayOf(link: LinkState, now: Instant): number {
  return link.kind === 'up' ? 0 : Math.min(longestDelay, Math.max(0, link.retryAt - now));
}
