/** What a station tells those who listen: that something happened and where, never what it says. */
export const eventKinds = [
  /** Our channel has grown: acts were released. */
  'acts-released',
  /** The counterpart's channel has grown: acts were accepted. */
  'acts-accepted',
  /** The counterpart has cosigned a longer head of our channel: it holds the acts. */
  'head-cosigned',
  /** A channel was stopped, or goes on. */
  'channel-stopped',
  'channel-resumed',
  'alarm-raised',
  'alarm-settled',
  /** The link to the counterpart came up or went down. */
  'link-changed',
  /** An act came ahead of its prefix. */
  'express-arrived',
  /** A clock reached an escalation or its end. */
  'clock-reached',
  /** Two subjects may be one: a match waits for an officer to decide. */
  'match-proposed',
  /** Events before the next one are no longer kept: read the state again. */
  'events-lost',
] as const;
export type EventKind = (typeof eventKinds)[number];
