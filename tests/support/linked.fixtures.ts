import { isPinned, tlsIdentity } from '../../packages/station/src/adapters/tls-certificate.ts';
import { counterpartHandlers } from '../../packages/station/src/exchange/counterpart-handlers.ts';
import { PeerClient } from '../../packages/station/src/exchange/link/peer-client.ts';
import { startPeerServer } from '../../packages/station/src/exchange/link/peer-server.ts';
import { logHandlers } from '../../packages/station/src/exchange/log-handlers.ts';
import { RelationExchange } from '../../packages/station/src/exchange/relation-exchange.ts';
import { Wakeable } from '../../packages/station/src/exchange/wakeable.ts';
import type { TestStation } from './two-parties.fixtures.ts';

const noFiles = {
  readOffset: () => Promise.reject(new Error('no file is sent here')),
  append: () => Promise.reject(new Error('no file is sent here')),
  read: () => Promise.reject(new Error('no file is sent here')),
};

/** A real link between two stations: one dials and fetches, the other is dialled. Both clocks must show the real time. */
export async function link(dialling: TestStation, dialled: TestStation): Promise<{ stop(): Promise<void> }> {
  const { parts, relation } = dialled;
  const handlers = counterpartHandlers(parts, relation, new Wakeable(), noFiles, logHandlers(parts, relation));
  const server = await startPeerServer({
    host: '127.0.0.1',
    port: 0,
    identity: await tlsIdentity(relation.own, relation.keys.tls.secretSeed),
    findPeer: (shown) =>
      isPinned(relation.theirKeyset.keys.tls, shown)
        ? { kind: 'counterpart', relation: relation.name, handlers }
        : undefined,
    now: () => performance.now(),
    onDefect: (error) => console.error(error),
  });
  const { own, keys, theirKeyset } = dialling.relation;
  const clientUnder = async ({ secretSeed }: typeof keys.tls): Promise<() => PeerClient> => {
    const identity = await tlsIdentity(own, secretSeed);
    const address = `https://127.0.0.1:${server.port}`;
    return () => new PeerClient({ address, identity, counterpart: theirKeyset.keys.tls });
  };
  const clientBefore = keys.tlsBefore && (await clientUnder(keys.tlsBefore));
  const exchange = new RelationExchange(dialling.parts, dialling.relation, {
    client: (await clientUnder(keys.tls))(),
    ...(clientBefore === undefined ? {} : { clientBefore }),
    woken: new Wakeable(),
    fetches: true,
    moveAttachments: () => Promise.resolve(false),
    onAccepted: async () => {},
    chance: () => 0,
    onState: () => {},
    onDefect: (error) => console.error(error),
  });
  exchange.start();
  return {
    stop: async () => {
      await exchange.stop();
      await server.stop();
    },
  };
}
