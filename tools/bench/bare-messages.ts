import type { Duplex } from 'node:stream';

/** Sends one message: its length in four bytes, then its bytes. */
export function send(socket: Duplex, message: Uint8Array): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  socket.cork();
  socket.write(length);
  socket.write(message);
  socket.uncork();
}

/** The messages that come, one after the other. */
export async function* messagesOf(socket: Duplex): AsyncGenerator<Buffer, undefined, undefined> {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = 4;
  let isLength = true;
  for await (const part of socket as AsyncIterable<Buffer>) {
    parts.push(part);
    held += part.length;
    while (held >= wanted) {
      const all = Buffer.concat(parts, held);
      const message = all.subarray(0, wanted);
      parts = [all.subarray(wanted)];
      held -= wanted;
      wanted = isLength ? message.readUInt32BE() : 4;
      if (!isLength) yield message;
      isLength = !isLength;
    }
  }
  return undefined;
}
