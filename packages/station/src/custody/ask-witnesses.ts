import {
  consistencyProofFromTiles,
  FormatError,
  type KnownVerifierKey,
  readNote,
  readSignatureLines,
  tilesForConsistency,
  verifyNoteSignature,
  writeAddCheckpoint,
  writeNote,
} from '@entente/c2sp';
import { isLogSize, type LogSize } from '@entente/protocol';
import { c2spCryptoOf, readWitnessKey } from '@entente/wire';
import type { AskWitness } from '../adapters/post-witness.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { type Channel, readChannel } from '../store/channels.ts';
import { keepWitnessed, type NeutralHead, readWitnessed } from '../store/neutral-heads.ts';
import { loadTiles } from '../store/tiles.ts';
import { signNeutralHead } from './neutral-head.ts';
import type { Parts, Relation } from './relation.ts';

/** How it went with one witness of the accord. */
export interface WitnessAsked {
  readonly witness: string;
  readonly outcome: 'cosigned' | 'not-configured' | 'behind' | 'refused' | 'unreadable';
  /** The status of its last answer; 0 where there was none. */
  readonly status: number;
}

/**
 * Shows the newest cosigned head of our channel to every neutral witness that the accord names, and keeps their
 * cosignatures (PROTOCOL §2.7; C2SP tlog-witness). Called at a fixed cadence, whether the channel grew or not.
 */
export async function askWitnesses(
  parts: Parts,
  relation: Relation,
  ask: AskWitness,
): Promise<readonly WitnessAsked[]> {
  const { witnesses } = relation.authority.accord(relation.own).accord;
  if (witnesses.length === 0) return [];
  const own = await readChannel(parts.database, relation.number, relation.own);
  const head = await signNeutralHead(parts, relation, own);
  if (head === undefined) return [];
  const asked: WitnessAsked[] = [];
  for (const text of witnesses) {
    const vkey = readWitnessKey(parts.crypto, text);
    if (vkey !== undefined) asked.push(await askOne(parts, relation, own, head, vkey, ask));
  }
  return asked;
}

async function askOne(
  parts: Parts,
  relation: Relation,
  own: Channel,
  head: NeutralHead,
  vkey: KnownVerifierKey,
  ask: AskWitness,
): Promise<WitnessAsked> {
  const { name: witness, text } = vkey;
  const last = await readWitnessed(parts.database, own.channel, text);
  let old = last?.origin === head.origin ? last.size : (0 as LogSize);
  // A witness that knows another size says which (409): once more from there.
  for (let again = 0; ; again++) {
    const answer = await ask(text, await requestFrom(parts, own, head, old));
    if (answer === undefined) return { witness, outcome: 'not-configured', status: 0 };
    const { status, body } = answer;
    if (status === 200) {
      const isKept = await keepCosignature(parts, own, head, vkey, body);
      return { witness, outcome: isKept ? 'cosigned' : 'unreadable', status };
    }
    const knows = status === 409 ? readSize(body) : undefined;
    if (knows !== undefined && knows <= head.size && again === 0) {
      old = knows;
      continue;
    }
    if (knows !== undefined && knows > head.size) return { witness, outcome: 'behind', status };
    if (status === 422) await alarmInconsistent(parts, relation, head, witness);
    return { witness, outcome: 'refused', status };
  }
}

async function requestFrom(
  { database, crypto }: Parts,
  own: Channel,
  { size, note }: NeutralHead,
  oldSize: LogSize,
): Promise<string> {
  const grows = oldSize > 0 && oldSize < size;
  const tiles = await loadTiles(database, own, grows ? tilesForConsistency(oldSize, size) : []);
  const consistency = grows ? consistencyProofFromTiles(c2spCryptoOf(crypto), oldSize, size, tiles) : [];
  return writeAddCheckpoint({ oldSize, consistency, note: readNote(new TextEncoder().encode(note)) });
}

/** @returns false where its lines hold no cosignature of this head by this key */
async function keepCosignature(
  { database, crypto }: Parts,
  own: Channel,
  head: NeutralHead,
  key: KnownVerifierKey,
  lines: Uint8Array,
): Promise<boolean> {
  const { text, signatures } = readNote(new TextEncoder().encode(head.note));
  try {
    const cosignatures = readSignatureLines(lines).filter(
      ({ name, keyId }) => name === key.name && keyId === key.keyId,
    );
    const note = writeNote(text, [...signatures, ...cosignatures]);
    if (verifyNoteSignature(c2spCryptoOf(crypto), readNote(new TextEncoder().encode(note)), key) === undefined)
      return false;
    await keepWitnessed(database, own.channel, key.text, { ...head, note });
    return true;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

function readSize(body: Uint8Array): LogSize | undefined {
  const [, digits] = /^(0|[1-9][0-9]{0,15})\n$/.exec(new TextDecoder().decode(body)) ?? [];
  const size = Number(digits);
  return isLogSize(size) ? size : undefined;
}

async function alarmInconsistent(
  { database, clock }: Parts,
  relation: Relation,
  { note }: NeutralHead,
  witness: string,
): Promise<void> {
  await raiseAlarm(database, {
    relation: relation.number,
    time: clock.now(),
    kind: 'history-conflict',
    what: `the neutral witness ${witness} holds another history of our channel than this station. Compare heads with ${relation.counterpart} by telephone`,
    proof: new TextEncoder().encode(note),
  });
}
