import type { PartyId } from '@entente/protocol';
import { rm } from 'node:fs/promises';
import { generateSealingIdentity, sealingRecipientOf } from '@entente/wire';
import { apiVerbs } from './api-verbs.ts';
import type { Blobs } from '../adapters/blobs.ts';
import { houseKeys, type Keystore, type SealingKey } from '../adapters/keystore.ts';
import type { Log } from '../adapters/log.ts';
import { Metrics } from '../adapters/metrics.ts';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { sodiumGroup } from '../adapters/sodium-group.ts';
import { postToWitness, type WitnessPlace } from '../adapters/post-witness.ts';
import type { Traces } from '../adapters/traces.ts';
import type { BlindStation } from '../blind/blind-station.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import { Uploads } from '../custody/attachments/uploads.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { sealingKeysOf } from '../custody/sealing-keys.ts';
import { houseSigner } from '../custody/sign-house.ts';
import { type Exchange, type Route, startExchange } from '../exchange/start-exchange.ts';
import { EventFeed } from '../http/event-feed.ts';
import { startHttpServer } from '../http/server.ts';
import { receiptAttachment } from '../release/receipt-attachment.ts';
import { openFolding } from '../dossiers/folding.ts';
import { reapplyErasures } from '../dossiers/reapply-erasures.ts';
import { readChannel } from '../store/channels.ts';
import { tellEvent } from '../store/events.ts';
import { refreshStatistics } from '../store/refresh-statistics.ts';
import { blindJobs, startBlindLoop } from '../timers/blind-loop.ts';
import { startFolding } from '../timers/fold-loop.ts';
import { LikenessSearch } from '../screening/likeness-search.ts';
import { startScreening } from '../timers/screening-loop.ts';
import { clockJobs } from '../timers/clock-loop.ts';
import { houseJobs } from '../timers/house-loop.ts';
import { witnessJobs } from '../timers/witness-loop.ts';
import { removalJobs } from '../timers/removal-loop.ts';
import { sealingJobs } from '../timers/sealing-loop.ts';
import { type Jobs, type Round, startTimers, webhookJobs } from '../timers/webhooks.ts';

/** A station's parts, opened, and where it listens. */
export interface ServeTerms {
  readonly parts: Parts;
  readonly party: PartyId;
  readonly databaseUrl: string;
  readonly keystore: Keystore;
  /** Where attachments are kept, and a local folder for those on their way in. */
  readonly blobs: Blobs;
  readonly partsFolder: string;
  readonly routes: readonly Route[];
  readonly api: { readonly host: string; readonly port: number };
  readonly peer: { readonly host: string; readonly port: number };
  /** Where neutral witnesses are that accords name. */
  readonly witnesses?: readonly WitnessPlace[];
  readonly log: Log;
  readonly traces: Traces;
}

/** A station that runs. */
export interface RunningStation {
  readonly apiPort: number;
  readonly peerPort: number | undefined;
  /** Lets what is under way end, then closes everything but the database. */
  stop(): Promise<void>;
}

const mostAttachment = 64 * 1024 ** 3;

/** Starts everything a station does: exchange, folding, timers, API. What was running when it was killed goes on. */
export async function serveStation(terms: ServeTerms): Promise<RunningStation> {
  const { parts, routes, log } = terms;
  const relations = routes.map(({ relation }) => relation);
  const custody = await custodyOf(terms, relations);
  // What was half written when the last process ended belongs to nobody.
  await rm(`${terms.partsFolder}/uploads`, { recursive: true, force: true });
  const uploads = new Uploads({ ...custody, parts: `${terms.partsFolder}/uploads` }, mostAttachment);
  const blind: BlindStation = { parts, custody, keystore: terms.keystore, group: await sodiumGroup() };
  const running: { exchange?: Exchange } = {};
  const feed = new EventFeed(terms.databaseUrl);
  await feed.start();
  const metrics = new Metrics();
  const likeness = new LikenessSearch(terms.databaseUrl);
  const verbs = apiVerbs({ parts, relations, custody, uploads, likeness, blind, exchange: () => running.exchange });
  const httpParts = {
    database: parts.database,
    crypto: nodeCrypto,
    clock: parts.clock,
    verbs,
    log,
    metrics,
    traces: terms.traces,
    feed,
  };
  refreshStatistics(parts.database).catch((error: unknown) => log.defect('tables were not counted', error));
  for (const relation of relations) await forgetAgain(parts, relation);
  const http = await startHttpServer(httpParts, terms.api);
  const folding = await startFolding(parts, relations, log);
  const screening = startScreening({ parts, relations, likeness }, log);
  const blindChecks = startBlindLoop(blind, relations, log);
  const timers = await startTimers(
    { database: parts.database, log },
    together(
      webhookJobs({ ...parts, log }),
      clockJobs(parts, relations),
      removalJobs(custody, relations),
      sealingJobs(parts, relations, terms.keystore),
      blindJobs(blind, relations),
      witnessJobs(parts, relations, postToWitness(terms.witnesses ?? []), log),
      houseJobs(parts, await houseSigner(parts, terms.keystore, terms.party)),
    ),
  );
  const [first, ...rest] = routes;
  const told = new Map<number, string>();
  if (first !== undefined) {
    running.exchange = await startExchange({
      parts,
      routes: [first, ...rest],
      custody,
      listen: terms.peer,
      onState: (relation, state) => {
        // Each failed attempt is a new state; only up and down is news to who listens.
        if (told.get(relation.number) === state.kind) return;
        told.set(relation.number, state.kind);
        log.write('info', 'link', { relation: relation.name, code: state.kind });
        tellEvent(parts.database, relation.number, 'link-changed', { state: state.kind }).catch((error: unknown) =>
          log.defect('an event was not told', error),
        );
      },
      onAccepted: (relation) => blindChecks.take(relation),
      onDefect: (error, relation) => log.defect('exchange', error, { relation }),
    });
  }
  return {
    apiPort: http.port,
    peerPort: running.exchange?.port,
    stop: async () => {
      await running.exchange?.stop();
      await http.stop();
      await folding.stop();
      await screening.stop();
      await blindChecks.stop();
      await timers.stop();
      await feed.stop();
    },
  };
}

/** A restored database may hold what was erased since its backup: nothing is served before it is gone again (PROTOCOL §6). */
async function forgetAgain(parts: Parts, relation: Relation): Promise<void> {
  const { stopped } = await readChannel(parts.database, relation.number, relation.own);
  if (stopped === 'not-caught-up') await reapplyErasures(parts, openFolding(parts.crypto, relation));
}

type Work = { readonly jobs: Jobs; readonly rounds: readonly Round[] };

function together(...all: readonly Work[]): Work {
  return {
    jobs: Object.assign({}, ...all.map(({ jobs }) => jobs)) as Jobs,
    rounds: all.flatMap(({ rounds }) => rounds),
  };
}

async function custodyOf(terms: ServeTerms, relations: readonly Relation[]): Promise<AttachmentCustody> {
  const { parts } = terms;
  return {
    database: parts.database,
    blobs: terms.blobs,
    parts: terms.partsFolder,
    crypto: nodeCrypto,
    storage: await storageKey(terms.keystore),
    openWithSealingKey: sealingKeysOf(parts, relations),
    now: () => parts.clock.now(),
    onPresent: async ({ relation: number, sealedSha256 }) => {
      const relation = relations.find((one) => one.number === number);
      if (relation !== undefined) await receiptAttachment(parts, relation, sealedSha256);
    },
  };
}

/** The house's own sealing key for what lies in its store; made on the first start. */
async function storageKey(keystore: Keystore): Promise<SealingKey> {
  const [known] = await keystore.readSealing(houseKeys);
  if (known !== undefined) return known;
  const identity = await generateSealingIdentity();
  const key = { number: 1, identity, recipient: await sealingRecipientOf(identity) };
  await keystore.addSealing(houseKeys, key);
  return key;
}
