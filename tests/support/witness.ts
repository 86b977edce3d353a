// A C2SP witness that knows nothing of Entente: node witness.ts NAME SEED. It prints {"vkey":…,"port":…}, then every request
// as a JSON string, a line each; on its input it takes {"log":vkey} and {"latest":{"origin":…,"size":…,"root":hex}}.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import {
  cosign,
  FormatError,
  type Head,
  judgeAddCheckpoint,
  type KnownVerifierKey,
  makeVkey,
  readAddCheckpoint,
  readKnownVkey,
  refuseMalformed,
  type Signer,
} from '@entente/c2sp';
import { c2spCryptoOf } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';

const [name = 'w.example', seedHex = ''] = process.argv.slice(2);
const crypto = c2spCryptoOf(nodeCrypto);
const seed = Uint8Array.fromHex(seedHex);
const signer: Signer = {
  vkey: makeVkey(crypto, name, 4, nodeCrypto.ed25519.publicKeyOf(seed)),
  sign: (message) => nodeCrypto.ed25519.sign(seed, message),
};
const logs = new Map<string, KnownVerifierKey[]>();
const latest = new Map<string, Head>();

createInterface({ input: process.stdin }).on('line', (line) => {
  const told = JSON.parse(line) as {
    readonly log?: string;
    readonly latest?: { readonly origin: string; readonly size: number; readonly root: string };
  };
  if (told.log !== undefined) {
    const vkey = readKnownVkey(crypto, told.log);
    logs.set(vkey.name, [...(logs.get(vkey.name) ?? []), vkey]);
  }
  if (told.latest !== undefined) {
    const { origin, size, root } = told.latest;
    latest.set(origin, { size, root: Uint8Array.fromHex(root) });
  }
  console.log('"told"');
});

const server = createServer((request, response) => {
  void bodyOf(request).then((body) => {
    const { status, contentType, text } = request.url === '/w/add-checkpoint' ? answer(body) : notFound;
    console.log(JSON.stringify(body.toString()));
    response.writeHead(status, { 'content-type': contentType }).end(text);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ vkey: signer.vkey.text, port: (server.address() as AddressInfo).port }));
});

const notFound = { status: 404, contentType: 'text/plain', text: '' };

function answer(body: Uint8Array): { readonly status: number; readonly contentType: string; readonly text: string } {
  try {
    const request = readAddCheckpoint(body);
    const { origin } = request.checkpoint;
    const verdict = judgeAddCheckpoint(crypto, request, logs.get(origin), latest.get(origin));
    if (verdict.status !== 200) return { ...verdict, text: verdict.body };
    latest.set(origin, verdict.checkpoint);
    const { line } = cosign(signer, request.note.text, Math.floor(Date.now() / 1000));
    return { status: 200, contentType: 'text/plain', text: `${line}\n` };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { ...refuseMalformed(error), text: '' };
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
