import { type BlindedInput, blindInput, type BlindGroup, type Identity, readScalar } from '@entente/matching';
import { canonicalJson, type Json, type JsonObject, readCanonicalJson, Refusal } from '@entente/protocol';
import { type Crypto, openSealed, seal } from '@entente/wire';

/**
 * What opens a query: whom it was about, and the input and blind behind each of its elements, in their order.
 *
 *     {"identity":{"names":["…"]},"inputs":[{"blind":"<b64>","input":"<b64>"},…],"v":1}
 */
export interface Opening {
  readonly identity: Identity;
  readonly inputs: readonly BlindedInput[];
}

const mostOpening = 1 << 20;

/** Seals an opening to one who may open it: the station while the answer is awaited, the inspectors for good. */
export function sealOpening(crypto: Crypto, recipient: string, { identity, inputs }: Opening): Promise<Uint8Array> {
  const value = {
    v: 1,
    identity: identity as unknown as JsonObject,
    inputs: inputs.map(({ input, blind }) => ({ input: input.toBase64(), blind: blind.toBase64() })),
  };
  return seal(crypto, [recipient], new TextEncoder().encode(canonicalJson(value)));
}

/** Opens one. @param identity of age @throws Refusal */
export async function openOpening(
  crypto: Crypto,
  group: BlindGroup,
  identity: string,
  sealed: Uint8Array,
): Promise<Opening> {
  const bytes = await openSealed(crypto, identity, sealed, mostOpening);
  return readOpening(group, readCanonicalJson(new TextDecoder().decode(bytes)));
}

/** Reads what `sealOpening` wrote: each element is blinded anew, so it must come out as the query has it. */
export function readOpening(group: BlindGroup, value: Json): Opening {
  if (!isObject(value) || !isObject(value['identity'])) throw malformed();
  const inputs = listIn(value, 'inputs').map((entry) => {
    if (!isObject(entry)) throw malformed();
    return blindInput(group, bytesIn(entry, 'input'), readScalar(bytesIn(entry, 'blind')));
  });
  return { identity: value['identity'] as unknown as Identity, inputs };
}

function listIn(value: JsonObject, member: string): readonly Json[] {
  const found = value[member];
  if (!Array.isArray(found)) throw malformed();
  return found as readonly Json[];
}

function bytesIn(value: JsonObject, member: string): Uint8Array {
  const found = value[member];
  if (typeof found !== 'string') throw malformed();
  return Uint8Array.fromBase64(found, { lastChunkHandling: 'strict' });
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(): Refusal {
  return new Refusal('field-malformed', { where: 'opening' });
}
