import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { writeBareActs } from './bare-acts.ts';
import { messagesOf, send } from './bare-messages.ts';
import { signatureBytes } from './bare-sealing.ts';
import { BareSide, type Made } from './bare-side.ts';
import type { BareTerms } from './bare-terms.ts';
import { serveCommands } from './process.ts';

// The receiving half: takes each parcel, then logs that it has it: one act of its own in a parcel of its own, which is receipted in turn.
const terms = JSON.parse(process.argv[2] ?? '') as BareTerms;
const side = await BareSide.open(terms);

async function serve(socket: TLSSocket): Promise<void> {
  socket.setNoDelay(true);
  let logged: Made | undefined;
  for await (const message of messagesOf(socket)) {
    const [receiptOfOurs, sealed] = [message.subarray(0, signatureBytes), message.subarray(signatureBytes)];
    if (logged !== undefined) await side.keepReceipt(logged.head, receiptOfOurs);
    const receipt = await side.accept(sealed);
    logged = await side.make(writeBareActs(1));
    send(socket, Buffer.concat([receipt, logged.sealed]));
  }
}

const { key, certificate: cert } = terms.tls;
const server = createServer({ key, cert, minVersion: 'TLSv1.3' }, (socket) => {
  socket.on('error', () => {});
  void serve(socket).catch(() => socket.destroy());
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

serveCommands({ ready: async () => (server.address() as AddressInfo).port }, async () => {
  server.close();
  await side.close();
});
