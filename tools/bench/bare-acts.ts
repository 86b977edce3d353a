import type { DossierId, Head, Instant, LogSize, PartyId, RelationId, Sha256Hex } from '@entente/protocol';
import { writeBody, writeHead } from '@entente/protocol';
import { leafHash } from '@entente/c2sp';
import { writeEnvelope, writeLeaf } from '@entente/wire';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';

const { sha256, sha256Hex, randomBytes } = nodeCrypto;

/** An act as it crosses: what one of the exchange weighs, in the same two texts. */
export interface BareAct {
  readonly envelope: Uint8Array;
  readonly body: Uint8Array;
}

/** An act as it is logged. */
export interface BareEntry extends BareAct {
  readonly act: Uint8Array;
  readonly leaf: Uint8Array;
}

/** Writes acts, no two alike, as the stations of the same run exchange them. */
export function writeBareActs(count: number): readonly BareAct[] {
  const signature = { key: sha256Hex(randomBytes(32)), approval: sha256Hex(randomBytes(32)) };
  const accord = sha256Hex(randomBytes(32));
  return Array.from({ length: count }, () => {
    const fields = { filler: randomBytes(270).toHex() };
    const body = writeBody({ nonce: randomBytes(32).toBase64(), fields, attachments: [] });
    return { envelope: writeEnvelope(writeHead(headOf(accord, sha256Hex(body))), [signature]), body };
  });
}

function headOf(accord: Sha256Hex, body: Sha256Hex): Head {
  return {
    v: 1,
    type: 'relation/exercise',
    trackVersion: 1,
    from: 'fr' as PartyId,
    to: 'ma' as PartyId,
    relation: 'fr-ma' as RelationId,
    accord,
    dossier: randomBytes(16).toHex() as DossierId,
    basis: [],
    handling: { codes: [] },
    inputs: {},
    gates: [],
    author: { function: 'station', pseudonym: 'station' },
    body,
  };
}

/**
 * What no receiver of an act is spared: its head out of its envelope, whose act it is, whether the body is the head's, its id
 * and its leaf. Four hashes; by the host's own reader of JSON, which looks at nothing.
 */
export function readBareAct(
  { envelope, body }: BareAct,
  seen: { size: number; root: string },
  time: number,
): BareEntry {
  const { payload } = JSON.parse(textOf(envelope)) as { payload: string };
  const head = Buffer.from(payload, 'base64');
  const said = JSON.parse(textOf(head)) as Head;
  if (said.to === said.from || said.body !== sha256Hex(body)) throw new Error('the body is not the head’s');
  const act = sha256Hex(head) as never;
  const leaf = writeLeaf({
    act,
    envelope: sha256Hex(envelope),
    seen: { size: seen.size as LogSize, root: seen.root as Sha256Hex },
    time: time as Instant,
  });
  return { envelope, body, act: Buffer.from(act, 'hex'), leaf: leafHash({ sha256 }, leaf) };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
