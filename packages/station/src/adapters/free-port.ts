import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below 32768, the first port that Linux gives to outgoing connections: one of those may hold what was free a moment ago.
const [lowest, highest] = [10_240, 32_768];

/** A TCP port of this machine that nobody listens on now, and that no outgoing connection is given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}
