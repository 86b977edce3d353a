import {
  type Accord,
  isSha256Hex,
  type Parties,
  readAccord,
  readBody,
  Refusal,
  type Sha256Hex,
} from '@entente/protocol';
import type { Crypto } from '@entente/wire';
import type { ReadAct } from '../exchange/weigh-entry.ts';

/**
 * The accord that an accord proposal carries in its body: the very bytes its head names, between the same two parties in
 * the same order. Undefined for every other act, and where it does not hold: then nobody can accept it.
 */
export function readProposedAccord(
  crypto: Crypto,
  { head, body }: ReadAct,
  parties: Parties,
): { readonly hash: Sha256Hex; readonly accord: Accord } | undefined {
  if (head?.type !== 'relation/accord-proposal' || body === undefined) return undefined;
  const { accord: hash } = head.inputs;
  try {
    const { accord: text } = readBody(body).fields;
    if (typeof text !== 'string' || !isSha256Hex(hash)) return undefined;
    const bytes = Uint8Array.fromBase64(text);
    const accord = readAccord(bytes);
    const isOurs = accord.relation === head.relation && accord.parties.every(({ id }, at) => id === parties[at]);
    return isOurs && crypto.sha256Hex(bytes) === hash ? { hash, accord } : undefined;
  } catch (error) {
    if (error instanceof Refusal || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
