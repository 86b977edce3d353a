import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What is done to the bytes of one connection in one direction. Offsets count from its first byte. */
export interface Fault {
  /** The connection is reset, both ways, after this many bytes. */
  readonly cutAfter?: number;
  /** Bytes a second; absent: as fast as it goes. */
  readonly bytesPerSecond?: number;
  /** One bit of this byte is turned over. */
  readonly corruptAt?: number;
  /** These bytes are sent a second time right after. */
  readonly duplicate?: { readonly at: number; readonly length: number };
}

/** The fault of each direction: `up` from who dialled, `down` to them. */
export interface Faults {
  readonly up?: Fault;
  readonly down?: Fault;
}

export interface CuttingProxy {
  readonly port: number;
  /** How many connections were taken so far. */
  readonly connections: () => number;
  /** From now on new connections suffer these; a number tells the how-manieth it is, from 0. */
  suffer(faults: (connection: number) => Faults): void;
  /** Resets all connections now. */
  cutAll(): void;
  /** Refuses new connections until healed. */
  goDown(): void;
  heal(): void;
  stop(): Promise<void>;
}

/** A road between two stations that can be cut, slowed, corrupted and duplicated. It sees bytes, like the real one. */
export async function startCuttingProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<CuttingProxy> {
  let faultsOf: (connection: number) => Faults = () => ({});
  let connections = 0;
  let down = false;
  const open = new Set<Socket>();

  const server = createServer((near) => {
    if (down) {
      near.resetAndDestroy();
      return;
    }
    const { up = {}, down: back = {} } = faultsOf(connections);
    connections += 1;
    const far = connect(target);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => open.delete(socket));
    }
    const cut = (): void => {
      near.resetAndDestroy();
      far.resetAndDestroy();
    };
    pipeline(near, suffering(up, cut), far).catch(cut);
    pipeline(far, suffering(back, cut), near).catch(cut);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cutAll = (): void => open.forEach((socket) => socket.resetAndDestroy());
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    suffer: (faults) => (faultsOf = faults),
    cutAll,
    goDown: () => {
      down = true;
      cutAll();
    },
    heal: () => {
      down = false;
      faultsOf = () => ({});
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      cutAll();
      await closed;
    },
  };
}

function suffering(fault: Fault, cut: () => void): Transform {
  let passed = 0;
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      const start = passed;
      passed += chunk.length;
      const kept = fault.cutAfter === undefined ? chunk : chunk.subarray(0, Math.max(0, fault.cutAfter - start));
      const sent = duplicated(corrupted(kept, start, fault), start, fault);
      const after = (): void => {
        if (kept.length < chunk.length) cut();
        else done(null, sent);
      };
      if (kept.length < chunk.length) transform.push(sent);
      if (fault.bytesPerSecond === undefined) after();
      else setTimeout(after, (chunk.length / fault.bytesPerSecond) * 1000);
    },
  });
  return transform;
}

function corrupted(chunk: Buffer, start: number, { corruptAt }: Fault): Buffer {
  if (corruptAt === undefined || corruptAt < start || corruptAt >= start + chunk.length) return chunk;
  const copy = Buffer.from(chunk);
  copy[corruptAt - start] = (copy[corruptAt - start] ?? 0) ^ 0x10;
  return copy;
}

function duplicated(chunk: Buffer, start: number, { duplicate }: Fault): Buffer {
  if (duplicate === undefined) return chunk;
  const from = duplicate.at - start;
  if (from < 0 || from >= chunk.length) return chunk;
  const end = Math.min(chunk.length, from + duplicate.length);
  return Buffer.concat([chunk.subarray(0, end), chunk.subarray(from, end), chunk.subarray(end)]);
}
