import type { LogSize, PartyId, RelationId } from '@entente/protocol';
import { isPinned, type TlsIdentity, tlsIdentity } from '../../adapters/tls-certificate.ts';
import type { Peer, PeerHandlers } from './peer.ts';
import { type PeerLimits, peerLimits } from './peer-limits.ts';
import { type PeerServer, startPeerServer } from './peer-server.ts';

/** An identity whose key is 32 times one byte. */
export function identityOf(party: string, byte: number): Promise<TlsIdentity> {
  return tlsIdentity(party as PartyId, new Uint8Array(32).fill(byte));
}

/** Handlers that hold nothing and note what was asked of them. */
export function handlersNoting(asked: string[], given: Partial<PeerHandlers> = {}): PeerHandlers {
  const note = <Result>(what: string, result: Result): Promise<Result> => {
    asked.push(what);
    return Promise.resolve(result);
  };
  return {
    acceptParcel: (sealed) => note(`parcel ${sealed.length}`, { have: sealed.length as LogSize, cosigned: 'note\n' }),
    awaitParcel: (from, over) =>
      new Promise((resolve) => {
        asked.push(`await ${from}`);
        over.addEventListener('abort', () => resolve(undefined));
      }),
    readHeld: (owner, from, seen) => note(`held ${owner} ${from} ${seen}`, undefined),
    takeAnswer: (sealed) => note(`answer ${sealed.length}`, undefined),
    acceptExpress: (sealed) => note(`express ${sealed.length}`, sealed),
    acceptCosigned: (text) => note(`cosigned ${text}`, undefined),
    readHeads: () => note('heads', { have: 3 as LogSize, mine: 7 as LogSize }),
    acceptNotice: (notice) => note(`notice ${notice.length}`, undefined),
    readNotice: () => note('next notice', new Uint8Array(3)),
    noteNoticeTaken: (notice) => note(`taken ${notice.length}`, undefined),
    attachments: {
      readOffset: () => note('offset', { have: 5, size: 9 }),
      append: async (_sealed, offset, bytes) => {
        let have = offset;
        for await (const part of bytes) have += part.length;
        return note(`append ${offset}`, { have, size: 10_000_000 });
      },
      read: (_sealed, from) => note(`read ${from}`, { size: 9, length: 9 - from, bytes: zeros(9 - from) }),
    },
    log: {
      readCheckpoint: (origin) => note(`checkpoint ${origin}`, 'a checkpoint\n'),
      readTile: (origin, tile) => note(`tile ${origin} ${tile.level} ${tile.index} ${tile.width}`, new Uint8Array(32)),
      addCheckpoint: (origin) => note(`add ${origin}`, { status: 409, contentType: 'text/x.tlog.size', body: '12\n' }),
    },
    ...given,
  };
}

async function* zeros(length: number): AsyncGenerator<Uint8Array, void, undefined> {
  yield new Uint8Array(length);
}

/** Who may come in: an identity, and what it finds behind the door. */
export type Admitted = readonly [TlsIdentity, Peer];

export function counterpart(relation: string, handlers: PeerHandlers): Peer {
  return { kind: 'counterpart', relation: relation as RelationId, handlers };
}

export function serverFor(
  identity: TlsIdentity,
  admitted: readonly Admitted[],
  limits: Partial<PeerLimits> = {},
): Promise<PeerServer> {
  return startPeerServer({
    identity,
    findPeer: (shown) => admitted.find(([{ pin }]) => isPinned(pin, shown))?.[1],
    host: '127.0.0.1',
    port: 0,
    limits: { ...peerLimits, ...limits },
    now: () => performance.now(),
    onDefect: (error) => {
      throw error;
    },
  });
}
