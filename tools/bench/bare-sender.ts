import { connect, type TLSSocket } from 'node:tls';
import { type BareAct, writeBareActs } from './bare-acts.ts';
import { messagesOf, send } from './bare-messages.ts';
import { signatureBytes } from './bare-sealing.ts';
import { BareSide } from './bare-side.ts';
import type { BareTerms } from './bare-terms.ts';
import { serveCommands } from './process.ts';

// The sending half: makes the next parcel while one is under way, keeps the receipt, and takes the act that logs it.
const terms = JSON.parse(process.argv[2] ?? '') as BareTerms;
const side = await BareSide.open(terms);
let written: readonly BareAct[] = [];

async function write(count: number): Promise<void> {
  written = writeBareActs(count);
}

/** Sends what was written, in parcels of so many acts. @returns seconds until the last was receipted */
async function run({ port, acts }: { readonly port: number; readonly acts: number }): Promise<number> {
  const { key, certificate: cert } = terms.tls;
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, key, cert, rejectUnauthorized: false });
  socket.setNoDelay(true);
  const answers = messagesOf(socket);
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  const begun = performance.now();
  let receiptOfTheirs: Uint8Array = Buffer.alloc(signatureBytes);
  let next = side.make(written.slice(0, acts));
  for (let at = 0; at < written.length; at += acts) {
    const { sealed, head } = await next;
    send(socket, Buffer.concat([receiptOfTheirs, sealed]));
    if (at + acts < written.length) next = side.make(written.slice(at + acts, at + 2 * acts));
    const answer = (await answers.next()).value ?? Buffer.alloc(0);
    await side.keepReceipt(head, answer.subarray(0, signatureBytes));
    receiptOfTheirs = await side.accept(answer.subarray(signatureBytes));
  }
  const seconds = (performance.now() - begun) / 1000;
  socket.destroy();
  return seconds;
}

serveCommands({ write, run, ready: async () => true }, () => side.close());
