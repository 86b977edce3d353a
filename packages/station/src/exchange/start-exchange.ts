import { Refusal } from '@entente/protocol';
import type { DeadDrop } from '../adapters/dead-drop.ts';
import { removeErased } from '../custody/attachments/erase-attachments.ts';
import { AttachmentReception } from '../custody/attachments/receive-attachment.ts';
import type { AttachmentCustody } from '../custody/attachments/attachment-custody.ts';
import { checkCaughtUp } from '../custody/caught-up.ts';
import type { Parts, Relation } from '../custody/relation.ts';
import { isPinned, type TlsIdentity, tlsIdentity, type TlsPin } from '../adapters/tls-certificate.ts';
import { DropExchange } from './drop-exchange.ts';
import type { DropVisit } from './link/exchange-by-drop.ts';
import { visitDrop } from './visit-drop.ts';
import { counterpartHandlers } from './counterpart-handlers.ts';
import { attachmentHandlers } from './link/attachment-handlers.ts';
import type { LinkState } from './link/link-state.ts';
import type { Peer, PeerHandlers } from './link/peer.ts';
import { PeerClient } from './link/peer-client.ts';
import { startPeerServer } from './link/peer-server.ts';
import { logHandlers } from './log-handlers.ts';
import { RelationExchange } from './relation-exchange.ts';
import { moveAttachments } from './move-attachments.ts';
import { Wakeable } from './wakeable.ts';
import { hearReleases } from './wake.ts';

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
  const identity = await identityOf(routes);
  for (const { relation } of routes) await checkCaughtUp(parts, relation);
  const running = routes.map((route) => runRelation(terms, route, identity));
  const server =
    listen &&
    (await startPeerServer({
      ...listen,
      identity,
      findPeer: (shown) => running.find(({ relation }) => isPinned(relation.theirKeyset.keys.tls, shown))?.peer,
      now: () => performance.now(),
      onDefect: terms.onDefect,
    }));
  const wakeAll = (): void => running.forEach(({ woken }) => woken.wake());
  const wake = (number: number): void => running.find(({ relation }) => relation.number === number)?.woken.wake();
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

/** What the station shows in TLS: one certificate to all, for it has one port. @throws Refusal `key-not-allowed` */
async function identityOf(routes: ExchangeTerms['routes']): Promise<TlsIdentity> {
  const [{ relation }] = routes;
  const { publicKey, secretSeed } = relation.keys.tls;
  const other = routes.find((route) => Buffer.compare(route.relation.keys.tls.publicKey, publicKey) !== 0);
  if (other !== undefined) {
    throw new Refusal('key-not-allowed', {
      where: other.relation.name,
      what: 'another TLS key than the station shows',
    });
  }
  return tlsIdentity(relation.own, secretSeed);
}

interface Running {
  readonly relation: Relation;
  readonly woken: Wakeable;
  readonly peer: Peer;
  readonly roads: readonly (RelationExchange | DropExchange)[];
}

function runRelation(terms: ExchangeTerms, route: Route, identity: TlsIdentity): Running {
  const { parts, custody } = terms;
  const { relation } = route;
  const woken = new Wakeable();
  const reception = new AttachmentReception(custody);
  const attachments = attachmentHandlers(custody, reception, relation.number);
  const handlers = counterpartHandlers(parts, relation, woken, attachments, logHandlers(parts, relation));
  const roads = roadsOf(terms, route, identity, woken, reception);
  const readHeads: PeerHandlers['readHeads'] = () => {
    // Whoever dials us can be dialled again: what waits, a threat to life perhaps, need not sit out the back-off.
    if (roads.some(({ link }) => link.kind === 'down')) woken.wake();
    return handlers.readHeads();
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
  { parts, custody, onState, onDefect }: ExchangeTerms,
  { relation, address, fetches, drop }: Route,
  identity: TlsIdentity,
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
    const client = new PeerClient({ address, identity, counterpart: pinInForce(relation) });
    const move = (): Promise<boolean> => moveAttachments({ custody, reception, client, relation, fetches });
    roads.push(new RelationExchange(parts, relation, { ...common, client, fetches, moveAttachments: move }));
  }
  if (drop !== undefined) {
    const visit = (): Promise<DropVisit> => visitDrop(parts, relation, drop, custody, reception);
    roads.push(new DropExchange({ ...common, visit, now: () => parts.clock.now() }));
  }
  return roads;
}
