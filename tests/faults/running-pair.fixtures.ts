import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActId, Instant, PartyId } from '@entente/protocol';
import { generateSealingIdentity, sealingRecipientOf } from '@entente/wire';
import { blobsFolder } from '../../packages/station/src/adapters/blobs-folder.ts';
import type { Blobs } from '../../packages/station/src/adapters/blobs.ts';
import type { Clock } from '../../packages/station/src/adapters/clock.ts';
import { deadDropFolder } from '../../packages/station/src/adapters/dead-drop-folder.ts';
import type { AttachmentCustody } from '../../packages/station/src/custody/attachments/attachment-custody.ts';
import type { Parts, Relation } from '../../packages/station/src/custody/relation.ts';
import {
  type CuttingProxy,
  startCuttingProxy,
} from '../../packages/station/src/exchange/link/cutting-proxy.fixtures.ts';
import { sealingKeysOf } from '../../packages/station/src/custody/sealing-keys.ts';
import type { LinkState } from '../../packages/station/src/exchange/link/link-state.ts';
import { type Exchange, startExchange } from '../../packages/station/src/exchange/start-exchange.ts';
import { tellRelease } from '../../packages/station/src/exchange/wake.ts';
import { receiptAttachment } from '../../packages/station/src/release/receipt-attachment.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import { differences, quiet } from '../../tools/torture/compare.ts';
import { exercise } from '../support/exercise.fixtures.ts';
import { twoParties, type TestStation } from '../support/two-parties.fixtures.ts';
import { freePort } from '../../packages/station/src/adapters/free-port.ts';

/** The machine's clock, moved by so much. */
export class MovedClock implements Clock {
  offset = 0;
  now(): Instant {
    return (Date.now() + this.offset) as Instant;
  }
}

export interface Running extends Pick<TestStation, 'folder' | 'root' | 'spare' | 'offlineIdentity'> {
  readonly parts: Parts;
  readonly clock: MovedClock;
  readonly relation: Relation;
  readonly custody: AttachmentCustody;
  /** The road by which the counterpart reaches this station. */
  readonly proxy: CuttingProxy;
  /** What the station wrote down as its own defects. */
  readonly defects: unknown[];
  /** Authorises so many exercises and rings. @returns their ids, in order */
  say(count: number, urgency?: number): Promise<readonly ActId[]>;
  /** Acts said by other means, in order: they are looked for too. */
  noteSaid(kind: string, acts: readonly ActId[]): void;
  /** How its road stands. */
  link(): LinkState | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface Pair {
  readonly fr: Running;
  readonly ma: Running;
  /** Waits until both hold both channels, then compares everything, also against what was said. @returns what differs */
  compare(milliseconds?: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface PairTerms {
  /** `both` dial; or `fr` alone does, and fetches; or a folder that both visit, and no link at all. */
  readonly road: 'both-dial' | 'fr-dials' | 'dead-drop';
  /** Wraps the blob store of `ma`. */
  readonly blobs?: (blobs: Blobs) => Blobs;
}

/** By kind; what is of one kind is equally urgent. */
type Said = Map<string, ActId[]>;

/** Two stations in this process, over real databases, TLS and proxies that can hurt the road. Started by the test. */
export async function runningPair(terms: PairTerms): Promise<Pair> {
  const parties = await twoParties();
  const folder = await mkdtemp(join(tmpdir(), 'entente-pair-'));
  // PostgreSQL runs as another user where the tests run as root.
  await chmod(folder, 0o711);
  const drop = join(folder, 'drop');
  await mkdir(drop);
  const ports = { fr: await freePort(), ma: await freePort() };
  const proxies = { fr: await startCuttingProxy(at(ports.fr)), ma: await startCuttingProxy(at(ports.ma)) };
  const said: { readonly fr: Said; readonly ma: Said } = { fr: new Map(), ma: new Map() };
  const dials = { fr: terms.road !== 'dead-drop', ma: terms.road === 'both-dial' };
  const make = (own: 'fr' | 'ma', other: 'fr' | 'ma'): Promise<Running> =>
    running(parties[own], said[own], {
      proxy: proxies[own],
      port: ports[own],
      blobs: own === 'ma' ? terms.blobs : undefined,
      route: {
        ...(dials[own] ? { address: `https://127.0.0.1:${proxies[other].port}` } : {}),
        ...(terms.road === 'dead-drop' ? { drop: deadDropFolder(drop) } : {}),
        fetches: terms.road === 'fr-dials' && own === 'fr',
      },
    });
  const [fr, ma] = [await make('fr', 'ma'), await make('ma', 'fr')];
  const databases = { fr: fr.parts.database, ma: ma.parts.database };
  return {
    fr,
    ma,
    compare: async (milliseconds = 30_000) => {
      await quiet(databases, milliseconds, terms.road !== 'dead-drop');
      const uncertain = new Set<ActId>();
      const spoken = { fr: { authorised: said.fr, uncertain }, ma: { authorised: said.ma, uncertain } };
      return differences(databases, spoken);
    },
    close: async () => {
      await Promise.all([fr.stop(), ma.stop()]);
      await Promise.all([proxies.fr.stop(), proxies.ma.stop()]);
      await parties.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function running(
  station: TestStation,
  said: Said,
  terms: {
    readonly proxy: CuttingProxy;
    readonly port: number;
    readonly blobs: PairTerms['blobs'];
    readonly route: {
      readonly address?: string;
      readonly drop?: ReturnType<typeof deadDropFolder>;
      readonly fetches: boolean;
    };
  },
): Promise<Running> {
  const { relation, folder } = station;
  const clock = new MovedClock();
  const parts: Parts = { ...station.parts, clock };
  const identity = await generateSealingIdentity();
  const blobs = blobsFolder(join(folder, 'blobs'));
  const custody: AttachmentCustody = {
    database: parts.database,
    blobs: terms.blobs?.(blobs) ?? blobs,
    parts: join(folder, 'parts'),
    crypto: parts.crypto,
    storage: { identity, recipient: await sealingRecipientOf(identity) },
    openWithSealingKey: sealingKeysOf(parts, [relation]),
    now: () => clock.now(),
    onPresent: ({ sealedSha256 }) => receiptAttachment(parts, relation, sealedSha256),
  };
  const defects: unknown[] = [];
  const noteSaid = (kind: string, acts: readonly ActId[]): void => {
    said.set(kind, [...(said.get(kind) ?? []), ...acts]);
  };
  let exchange: Exchange | undefined;
  const { root, spare, offlineIdentity } = station;
  return {
    folder,
    root,
    spare,
    offlineIdentity,
    parts,
    clock,
    relation,
    custody,
    proxy: terms.proxy,
    defects,
    noteSaid,
    link: () => exchange?.link(relation.name),
    say: async (count, urgency) => {
      const ids: ActId[] = [];
      // One approval names at most a thousand.
      while (ids.length < count) {
        ids.push(...(await exercise({ parts, relation }, Math.min(1000, count - ids.length), urgency)));
      }
      noteSaid(`exercise ${urgency ?? ''}`, ids);
      await tellRelease(parts.database, relation.number);
      return ids;
    },
    start: async () => {
      exchange = await startExchange({
        parts,
        routes: [{ relation, ...terms.route }],
        custody,
        ...(terms.route.drop === undefined ? { listen: at(terms.port) } : {}),
        onState: () => {},
        onDefect: (error) => defects.push(error),
      });
    },
    stop: async () => {
      const ending = exchange;
      exchange = undefined;
      await ending?.stop();
    },
  };
}

/** How much of a party's channel a station holds. */
export async function sizeAt({ parts, relation }: Running, owner: PartyId): Promise<number> {
  return (await readChannel(parts.database, relation.number, owner)).size;
}

function at(port: number): { readonly host: string; readonly port: number } {
  return { host: '127.0.0.1', port };
}
