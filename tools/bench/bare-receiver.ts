import { createPrivateKey } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { copyRows } from '../../packages/station/src/store/copy-rows.ts';
import { openDatabase, transact } from '../../packages/station/src/store/database.ts';
import { messagesOf, send } from './bare-messages.ts';
import { appendBare, openBare, startBare } from './bare-sealing.ts';
import { actBytes, type BareTerms, columns, table } from './bare-terms.ts';
import { serveCommands } from './process.ts';

// The receiving half: open, hash, tree, verify the head, COPY, commit, sign what was kept.
const { databaseUrl, tls, sealing, signing, verifying } = JSON.parse(process.argv[2] ?? '') as BareTerms;
const database = await openDatabase(databaseUrl);
await database.query(table);
const own = createPrivateKey({
  key: Buffer.from(sealing.decapsulation, 'base64'),
  format: 'raw-seed',
  asymmetricKeyType: 'ml-kem-768',
});
const seeds = { ed25519: Buffer.from(signing.ed25519, 'base64'), mldsa44: Buffer.from(signing.mldsa44, 'base64') };
const keys = { ed25519: Buffer.from(verifying.ed25519, 'base64'), mldsa44: Buffer.from(verifying.mldsa44, 'base64') };
const signatureBytes = 64 + 2420;
let frontier = startBare;

async function accept(sealed: Uint8Array): Promise<Uint8Array> {
  const plaintext = openBare(own, sealed);
  const acts: Uint8Array[] = [];
  for (let at = signatureBytes; at < plaintext.length; at += actBytes) acts.push(plaintext.subarray(at, at + actBytes));
  const hashes = acts.map((act) => nodeCrypto.sha256(act));
  const { head, frontier: after } = appendBare(frontier, hashes);
  const held = nodeCrypto.ed25519.verify(keys.ed25519, head, plaintext.subarray(0, 64));
  if (!held || !nodeCrypto.mldsa44.verify(keys.mldsa44, head, plaintext.subarray(64, signatureBytes)))
    throw new Error('the head is not signed');
  const first = frontier.size;
  await transact(database, (transaction) =>
    copyRows(
      transaction,
      'bare',
      columns,
      acts.map((act, at) => [first + at, hashes[at] ?? null, act]),
    ),
  );
  frontier = after;
  return Buffer.concat([nodeCrypto.ed25519.sign(seeds.ed25519, head), nodeCrypto.mldsa44.sign(seeds.mldsa44, head)]);
}

async function serve(socket: TLSSocket): Promise<void> {
  socket.setNoDelay(true);
  for await (const message of messagesOf(socket)) send(socket, await accept(message));
}

const server = createServer({ key: tls.key, cert: tls.certificate, minVersion: 'TLSv1.3' }, (socket) => {
  socket.on('error', () => {});
  void serve(socket).catch(() => socket.destroy());
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

serveCommands({ ready: async () => (server.address() as AddressInfo).port }, async () => {
  server.close();
  await database.end();
});
