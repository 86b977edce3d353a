// The request series of FiloSottile/torchwood's witness: txtar archives of a script and `add-checkpoint.hurl`.
// Two answers differ. The series were written for an earlier tlog-witness, with 403 for an unknown log where the current text
// demands 404. And one signature is spoilt in unused bits of its base64: we accept one spelling only, so that the note is
// malformed, 400; spelt canonically it is the invalid signature, 403, which the series meant.
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AddCheckpoint,
  cosign,
  FormatError,
  type Head,
  judgeAddCheckpoint,
  type KnownVerifierKey,
  makeVkey,
  readAddCheckpoint,
  readKnownVkey,
  readNote,
  refuseMalformed,
  type Signer,
  verifyNoteSignature,
  type WitnessRefusal,
  writeNote,
  writeSignatureLines,
} from '@entente/c2sp';
import { type FamilyResult, startTally } from '../family.ts';
import { crypto, utf8 } from './host-crypto.ts';

interface Request {
  readonly body: string;
  readonly status: number;
  readonly contains?: string;
  readonly equals?: string;
}

export async function runLitewitness(dir: string): Promise<FamilyResult> {
  const tally = startTally();
  for (const name of ['litewitness', 'sumdb', 'bastion']) {
    const archive = readFileSync(join(dir, `${name}.txt`), 'utf8');
    const keys = readLogs(archive);
    const heads = new Map<string, Head>();
    const witness = makeWitness();
    for (const [at, request] of readRequests(archive).entries()) {
      tally.check(`${name}, request ${at + 1}`, () => {
        const answer = ask(request.body, keys, heads, witness);
        assert.equal(answer.status, currentStatus(request));
        if (isMisspelt(request.body)) {
          const respelt = ask(request.body.replace(MISSPELT, '$1w='), keys, heads, witness);
          assert.deepEqual(respelt, { status: request.status, body: `${request.contains}\n` });
          return;
        }
        if (request.contains !== undefined) assert.ok(answer.body.includes(request.contains), answer.body);
        if (request.equals !== undefined) assert.equal(answer.body, request.equals);
      });
    }
    tally.check(`${name}, sizes at the end`, () => {
      const sizes = [...archive.matchAll(/^stdout "size":([0-9]+)$/gm)].map(([, size]) => Number(size));
      assert.deepEqual(
        [...heads.values()].map(({ size }) => size),
        sizes,
      );
    });
  }
  return tally.result();
}

const MISSPELT = /([^ ]*WVrx6g)x=/;

function isMisspelt(body: string): boolean {
  return MISSPELT.test(body);
}

function currentStatus({ body, status, contains }: Request): number {
  if (isMisspelt(body)) return 400;
  return status === 403 && contains === 'unknown log' ? 404 : status;
}

/** The whole of a witness: judge, swap the head, cosign. */
function ask(
  body: string,
  keys: ReadonlyMap<string, readonly KnownVerifierKey[]>,
  heads: Map<string, Head>,
  witness: Signer,
): { readonly status: number; readonly body: string } {
  const request = readOrRefuse(body);
  if ('status' in request) return request;
  const { origin } = request.checkpoint;
  const judged = judgeAddCheckpoint(crypto, request, keys.get(origin), heads.get(origin));
  if (judged.status !== 200) return { status: judged.status, body: judged.body };
  heads.set(origin, judged.checkpoint);
  const line = cosign(witness, judged.note.text, 1_700_000_000);
  const note = readNote(utf8(writeNote(judged.note.text, [...judged.note.signatures, line])));
  assert.equal(verifyNoteSignature(crypto, note, witness.vkey)?.timestamp, 1_700_000_000);
  return { status: 200, body: writeSignatureLines([line]) };
}

function readOrRefuse(body: string): AddCheckpoint | WitnessRefusal {
  try {
    return readAddCheckpoint(utf8(body));
  } catch (error) {
    if (error instanceof FormatError) return refuseMalformed(error);
    throw error;
  }
}

function readLogs(archive: string): ReadonlyMap<string, readonly KnownVerifierKey[]> {
  const logs = new Map<string, readonly KnownVerifierKey[]>();
  for (const [, hex = ''] of archive.matchAll(/^exec witnessctl add-sigsum-log -key=([0-9a-f]+)$/gm)) {
    const publicKey = Buffer.from(hex, 'hex');
    const origin = `sigsum.org/v1/tree/${Buffer.from(crypto.sha256(publicKey)).toString('hex')}`;
    logs.set(origin, [makeVkey(crypto, origin, 1, publicKey)]);
  }
  for (const [, origin = '', vkey = ''] of archive.matchAll(
    /^exec witnessctl add-key -origin '([^']+)' -key (.+)$/gm,
  )) {
    logs.set(origin, [readKnownVkey(crypto, vkey)]);
  }
  return logs;
}

function readRequests(archive: string): readonly Request[] {
  const pattern = /^POST .*\/add-checkpoint\n```\n([^`]*)```\nHTTP ([0-9]+)\n\[Asserts\]\nbody (contains|==) "(.*)"$/gm;
  return [...archive.matchAll(pattern)].map(([, body = '', status, kind, text = '']) =>
    kind === 'contains'
      ? { body, status: Number(status), contains: text }
      : { body, status: Number(status), equals: text.replaceAll(String.raw`\n`, '\n') },
  );
}

function makeWitness(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const vkey = makeVkey(crypto, 'example.com/witness', 4, publicKey.export({ format: 'raw-public' }));
  return { vkey, sign: (message) => sign(null, message, privateKey) };
}
