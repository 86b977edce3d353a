import type { DeadDrop } from '../adapters/dead-drop.ts';
import { removeErased } from '../custody/attachments/erase-attachments.ts';
import { AttachmentReception } from '../custody/attachments/receive-attachment.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import { checkCaughtUp } from '../custody/caught-up.ts';
import { takeRootPapers } from '../custody/known-keysets.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { isPinned, type TlsIdentity, type TlsPin } from '../adapters/tls-certificate.ts';
import { DropExchange } from './drop-exchange.ts';
import type { DropVisit } from './link/exchange-by-drop.ts';
import { DropMemory, visitDrop } from './visit-drop.ts';
import { counterpartHandlers } from './counterpart-handlers.ts';
import { attachmentHandlers } from './link/attachment-handlers.ts';
import type { LinkState } from './link/link-state.ts';
import type { Peer, PeerHandlers } from './link/peer.ts';
import { PeerClient } from './link/peer-client.ts';
import { startPeerServer } from './link/peer-server.ts';
import { logHandlers } from './log-handlers.ts';
import { Pace } from './pace.ts';
import { RelationExchange } from './relation-exchange.ts';
import { moveAttachments } from './move-attachments.ts';
import { TlsInForce } from './tls-in-force.ts';
import { Wakeable } from './wakeable.ts';
import { hearReleases } from './wake.ts';
import { findWitness } from './witness-peer.ts';

/** How one relation's counterpart is reached; without an address it is waited for. */
export interface Route {
  readonly relation: Relation;
  /** `https://host:port` of the counterpart's station. */
  readonly address?: string;
  /** This station alone dials: it fetches what the counterpart has to say. */
  readonly fetches: boolean;
  /** A place both reach, visited besides. */
  readonly drop?: DeadDrop;
}

export interface ExchangeTerms {
  readonly parts: Parts;
  readonly routes: readonly [Route, ...Route[]];
  readonly custody: AttachmentCustody;
  /** Where counterparts dial in; 0: any free port. Absent: nobody can. */
  readonly listen?: { readonly host: string; readonly port: number };
  readonly onState: (relation: Relation, state: LinkState) => void;
  /** Says by itself what there is to say to acts that came over a link, before they are receipted; never fails. */
  readonly onAccepted?: (relation: Relation) => Promise<void>;
  readonly onDefect: (error: unknown, relation: string) => void;
}

/** The station's side of all its relations, running. */
export interface Exchange {
  readonly port: number | undefined;
  link(relation: string): LinkState | undefined;
  /** Something waits for release: look now. */
  wake(relation: number): void;
  stop(): Promise<void>;
}

/** Starts to listen and to dial, for every relation; each goes its own way, whatever happens to another. */
export async function startExchange(terms: ExchangeTerms): Promise<Exchange> {
  const { parts, routes, listen } = terms;
  const [{ relation: first }, ...others] = routes;
  const tls = await TlsInForce.of([first, ...others.map(({ relation }) => relation)]);
  for (const { relation } of routes) await checkCaughtUp(parts, relation);
  const running = routes.map((route) => runRelation(terms, route, tls));
  const server =
    listen &&
    (await startPeerServer({
      ...listen,
      identity: tls.present(first),
      findPeer: (shown) =>
        running.find(({ relation }) => isPinned(relation.theirKeyset.keys.tls, shown))?.peer ??
        findWitness(
          parts,
          running.map(({ relation }) => relation),
          shown,
        ),
      now: () => performance.now(),
      onDefect: terms.onDefect,
    }));
  server?.show(...tls.all());
  const look = ({ relation, woken }: Running): void => {
    woken.wake();
    renew(parts, relation, tls).then(
      (isNew) => {
        if (!isNew) return;
        server?.show(...tls.all());
        woken.wake();
      },
      (error: unknown) => terms.onDefect(error, relation.name),
    );
  };
  const wakeAll = (): void => running.forEach(look);
  const wake = (number: number): void => running.filter(({ relation }) => relation.number === number).forEach(look);
  const heard = await hearReleases(parts.database, wake, wakeAll);
  for (const { relation, roads } of running) {
    await removeErased(terms.custody, relation.number);
    for (const road of roads) road.start();
  }
  return {
    port: server?.port,
    // The first road counts: HTTPS where there is one, else the dead drop.
    link: (name) => running.find(({ relation }) => relation.name === name)?.roads[0]?.link,
    wake,
    stop: async () => {
      await heard.stop();
      await Promise.all(running.flatMap(({ roads }) => roads.map((road) => road.stop())));
      await server?.stop();
    },
  };
}

/** Takes a keyset that another process of this station put in force. @returns whether it brought another TLS key */
async function renew(parts: Parts, relation: Relation, tls: TlsInForce): Promise<boolean> {
  await takeRootPapers(parts, relation);
  return tls.renew();
}

interface Running {
  readonly relation: Relation;
  readonly woken: Wakeable;
  readonly peer: Peer;
  readonly roads: readonly (RelationExchange | DropExchange)[];
}

function runRelation(terms: ExchangeTerms, route: Route, tls: TlsInForce): Running {
  const { parts, custody } = terms;
  const { relation } = route;
  const woken = new Wakeable();
  const reception = new AttachmentReception(custody);
  const attachments = attachmentHandlers(custody, reception, relation.number);
  const onAccepted = async (): Promise<void> => terms.onAccepted?.(relation);
  const log = logHandlers(parts, relation);
  const handlers = counterpartHandlers(parts, relation, woken, attachments, log, onAccepted);
  const roads = roadsOf(terms, route, tls, woken, reception);
  // Where both are refused after they read heads, each would wake the other without end.
  const dialled = new Pace(1000);
  const readHeads: PeerHandlers['readHeads'] = async () => {
    // Whoever dials us can be dialled again: what waits, a threat to life perhaps, need not sit out the back-off.
    if (roads.some(({ link }) => link.kind === 'down') && dialled.passes()) woken.wake();
    const { asks, ...heads } = await handlers.readHeads();
    // Who dials fetches by itself.
    return asks === undefined || route.address !== undefined ? heads : { ...heads, asks };
  };
  const peer: Peer = { kind: 'counterpart', relation: relation.name, handlers: { ...handlers, readHeads } };
  return { relation, woken, peer, roads };
}

/** What the counterpart must show now: after a new keyset a new connection with the stolen key is refused. */
function pinInForce(relation: Relation): TlsPin {
  return {
    get certificate() {
      return relation.theirKeyset.keys.tls.certificate;
    },
    get publicKey() {
      return relation.theirKeyset.keys.tls.publicKey;
    },
  };
}

function roadsOf(
  { parts, custody, onState, onAccepted, onDefect }: ExchangeTerms,
  { relation, address, fetches, drop }: Route,
  tls: TlsInForce,
  woken: Wakeable,
  reception: AttachmentReception,
): Running['roads'] {
  const common = {
    woken,
    chance: Math.random,
    onState: (state: LinkState) => onState(relation, state),
    onDefect: (error: unknown) => onDefect(error, relation.name),
  };
  const roads: (RelationExchange | DropExchange)[] = [];
  if (address !== undefined) {
    const counterpart = pinInForce(relation);
    const client = new PeerClient({
      address,
      get identity(): TlsIdentity {
        return tls.present(relation);
      },
      counterpart,
    });
    const clientBefore = (): PeerClient | undefined => {
      const identity = tls.before(relation);
      return identity && new PeerClient({ address, identity, counterpart });
    };
    const moveFiles = (): Promise<boolean> => moveAttachments({ custody, reception, client, relation, fetches });
    const road = {
      ...common,
      client,
      onAccepted: async () => onAccepted?.(relation),
      clientBefore,
      fetches,
      moveAttachments: moveFiles,
    };
    roads.push(new RelationExchange(parts, relation, road));
  }
  if (drop !== undefined) {
    const memory = new DropMemory();
    const visit = (): Promise<DropVisit> => visitDrop(parts, relation, drop, custody, reception, memory);
    roads.push(new DropExchange({ ...common, visit, now: () => parts.clock.now() }));
  }
  return roads;
}
