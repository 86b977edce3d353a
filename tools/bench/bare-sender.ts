import { createPublicKey, randomBytes } from 'node:crypto';
import { connect, type TLSSocket } from 'node:tls';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { copyRows } from '../../packages/station/src/store/copy-rows.ts';
import { openDatabase, transact } from '../../packages/station/src/store/database.ts';
import { appendBare, sealBare, startBare } from './bare-sealing.ts';
import { actBytes, type BareTerms, columns, table } from './bare-terms.ts';
import { messagesOf, send } from './bare-messages.ts';
import { serveCommands } from './process.ts';

// The sending half of the bare pipeline: hash, tree, COPY, commit, sign, seal, send; the next parcel while one is under way.
const { databaseUrl, tls, sealing, signing, verifying } = JSON.parse(process.argv[2] ?? '') as BareTerms;
const database = await openDatabase(databaseUrl);
await database.query(table);
const to = createPublicKey({
  key: Buffer.from(sealing.encapsulation, 'base64'),
  format: 'raw-public',
  asymmetricKeyType: 'ml-kem-768',
});
const seeds = { ed25519: Buffer.from(signing.ed25519, 'base64'), mldsa44: Buffer.from(signing.mldsa44, 'base64') };
const keys = { ed25519: Buffer.from(verifying.ed25519, 'base64'), mldsa44: Buffer.from(verifying.mldsa44, 'base64') };
let frontier = startBare;

async function make(acts: readonly Uint8Array[]): Promise<{ readonly sealed: Buffer; readonly head: Uint8Array }> {
  const hashes = acts.map((act) => nodeCrypto.sha256(act));
  const first = frontier.size;
  const after = appendBare(frontier, hashes);
  await transact(database, (transaction) =>
    copyRows(
      transaction,
      'bare',
      columns,
      acts.map((act, at) => [first + at, hashes[at] ?? null, act]),
    ),
  );
  frontier = after.frontier;
  const signatures = [
    nodeCrypto.ed25519.sign(seeds.ed25519, after.head),
    nodeCrypto.mldsa44.sign(seeds.mldsa44, after.head),
  ];
  return { sealed: sealBare(to, Buffer.concat([...signatures, ...acts])), head: after.head };
}

function check(answer: Buffer, head: Uint8Array): void {
  const held = nodeCrypto.ed25519.verify(keys.ed25519, head, answer.subarray(0, 64));
  if (!held || !nodeCrypto.mldsa44.verify(keys.mldsa44, head, answer.subarray(64))) throw new Error('no receipt');
}

async function run({ port, parcels, acts }: { port: number; parcels: number; acts: number }): Promise<number> {
  const all = Array.from({ length: acts }, () => randomBytes(actBytes));
  const socket: TLSSocket = connect({
    host: '127.0.0.1',
    port,
    key: tls.key,
    cert: tls.certificate,
    rejectUnauthorized: false,
  });
  socket.setNoDelay(true);
  const answers = messagesOf(socket);
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  const begun = performance.now();
  let next = make(all);
  for (let parcel = 0; parcel < parcels; parcel++) {
    const { sealed, head } = await next;
    send(socket, sealed);
    if (parcel + 1 < parcels) next = make(all);
    check((await answers.next()).value ?? Buffer.alloc(0), head);
  }
  const seconds = (performance.now() - begun) / 1000;
  socket.destroy();
  return seconds;
}

serveCommands({ run, ready: async () => true }, () => database.end());
