import type { Crypto } from '@entente/wire';
import type { Clock } from '../adapters/clock.ts';
import type { Log } from '../adapters/log.ts';
import type { Metrics } from '../adapters/metrics.ts';
import type { Traces } from '../adapters/traces.ts';
import type { Database } from '../store/database.ts';
import type { EventFeed } from './event-feed.ts';
import type { Verbs } from './verbs.ts';

/** What every handler of the API works with. */
export interface HttpParts {
  readonly database: Database;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly verbs: Verbs;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly traces: Traces;
  readonly feed: EventFeed;
}
