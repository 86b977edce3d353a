import { createServer } from 'node:net';
import type { Party } from './parties.ts';

/** Where one party's station listens, and the road on which it dials its counterpart. */
export interface PartyPorts {
  readonly api: number;
  readonly peer: number;
  readonly relay: number;
}

export type Ports = Readonly<Record<Party, PartyPorts>>;

const wanted: Ports = {
  fr: { api: 8460, peer: 8461, relay: 8462 },
  ma: { api: 8470, peer: 8471, relay: 8472 },
};

/** The same ports at each start, so that addresses written down go on holding; another where one is taken. */
export async function choosePorts(): Promise<Ports> {
  const [fr, ma] = await Promise.all([choose(wanted.fr), choose(wanted.ma)]);
  return { fr, ma };
}

async function choose({ api, peer, relay }: PartyPorts): Promise<PartyPorts> {
  return { api: await freePort(api), peer: await freePort(peer), relay: await freePort(relay) };
}

async function freePort(port: number): Promise<number> {
  const server = createServer();
  try {
    const listening = Promise.withResolvers<void>();
    server.once('error', listening.reject);
    server.listen(port, '127.0.0.1', listening.resolve);
    await listening.promise;
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
    return address.port;
  } catch (error) {
    if (port === 0) throw error;
    return await freePort(0);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
