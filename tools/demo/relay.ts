import { connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** The road from one station to the other's port. It sees sealed bytes, and can be cut. */
export interface Relay {
  /** Resets what is open and refuses what comes. */
  cut(): void;
  heal(): void;
  stop(): Promise<void>;
}

/** Carries every connection on one port of this machine to another. */
export async function startRelay(port: number, target: number): Promise<Relay> {
  let isCut = false;
  const open = new Set<Socket>();
  const reset = (): void => open.forEach((socket) => socket.resetAndDestroy());
  const server = createServer((near) => {
    if (isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect({ host: '127.0.0.1', port: target });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => open.delete(socket));
    }
    pipeline(near, far, near).catch(() => {
      near.destroy();
      far.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    cut: () => {
      isCut = true;
      reset();
    },
    heal: () => {
      isCut = false;
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      reset();
      await closed;
    },
  };
}
