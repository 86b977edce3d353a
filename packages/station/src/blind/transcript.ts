import {
  type ActId,
  canonicalJson,
  isActId,
  type Json,
  type JsonObject,
  readCanonicalJson,
  Refusal,
} from '@entente/protocol';
import type { ProvenPage } from './table-proof.ts';

/**
 * What one house opens so that both inspectors can come to the finding by themselves. The rest stands in the channels.
 *
 *     {"inputs":[{"blind":"<b64>","input":"<b64>"},…],"pages":[{"index":7,"page":"<b64>","proof":["<b64>",…]},…],
 *      "query":"<act>","answer":"<act>","set":"<act>","v":1}
 *
 * With `query` and `answer` the asking house opens a check. Without them the answering house shows whether an identity
 * stood in a set: `evaluated` and `proof` are then its own, over elements blinded by one.
 */
export interface Transcript {
  readonly set: ActId;
  readonly inputs: readonly { readonly input: Uint8Array; readonly blind: Uint8Array }[];
  readonly pages: readonly ProvenPage[];
  readonly shown:
    | { readonly kind: 'check'; readonly query: ActId; readonly answer: ActId }
    | { readonly kind: 'identity'; readonly evaluated: readonly Uint8Array[]; readonly proof: Uint8Array };
}

const mostTranscript = 4 * 1024 * 1024;

export function writeTranscript({ set, inputs, pages, shown }: Transcript): string {
  const common = {
    v: 1,
    set,
    inputs: inputs.map(({ input, blind }) => ({ input: input.toBase64(), blind: blind.toBase64() })),
    pages: pages.map(({ index, page, proof }) => ({
      index,
      page: page.toBase64(),
      proof: proof.map((hash) => hash.toBase64()),
    })),
  };
  const rest =
    shown.kind === 'check'
      ? { query: shown.query, answer: shown.answer }
      : { evaluated: shown.evaluated.map((element) => element.toBase64()), proof: shown.proof.toBase64() };
  return `${canonicalJson({ ...common, ...rest })}\n`;
}

/** @throws Refusal `json-…`, `field-malformed`, `too-large` */
export function readTranscript(bytes: Uint8Array): Transcript {
  if (bytes.length > mostTranscript) throw new Refusal('too-large', { where: 'transcript' });
  const value = readCanonicalJson(new TextDecoder().decode(bytes).trimEnd());
  if (!isObject(value) || value['v'] !== 1) throw malformed('$');
  const { set, query, answer } = value;
  if (!isActId(set)) throw malformed('$.set');
  const inputs = listIn(value, 'inputs').map((entry) => ({
    input: bytesIn(entry['input'], '$.inputs'),
    blind: bytesIn(entry['blind'], '$.inputs'),
  }));
  const pages = listIn(value, 'pages').map(readPage);
  if (isActId(query) && isActId(answer)) return { set, inputs, pages, shown: { kind: 'check', query, answer } };
  const { evaluated } = value;
  if (!Array.isArray(evaluated)) throw malformed('$.evaluated');
  const elements = (evaluated as readonly Json[]).map((text) => bytesIn(text, '$.evaluated'));
  return {
    set,
    inputs,
    pages,
    shown: { kind: 'identity', evaluated: elements, proof: bytesIn(value['proof'], '$.proof') },
  };
}

function readPage(entry: JsonObject): ProvenPage {
  const { index, page, proof } = entry;
  if (typeof index !== 'number' || !Array.isArray(proof)) throw malformed('$.pages');
  const hashes = (proof as readonly Json[]).map((text) => bytesIn(text, '$.pages'));
  return { index, page: bytesIn(page, '$.pages'), proof: hashes };
}

function listIn(value: JsonObject, member: string): readonly JsonObject[] {
  const found = value[member];
  if (!Array.isArray(found)) throw malformed(`$.${member}`);
  return (found as readonly Json[]).map((entry) => {
    if (!isObject(entry)) throw malformed(`$.${member}`);
    return entry;
  });
}

function bytesIn(value: Json | undefined, where: string): Uint8Array {
  if (typeof value !== 'string') throw malformed(where);
  try {
    return Uint8Array.fromBase64(value, { lastChunkHandling: 'strict' });
  } catch (cause) {
    throw new Refusal('base64-malformed', { where }, { cause });
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(where: string): Refusal {
  return new Refusal('field-malformed', {
    where,
    what: 'a transcript, as entente blind open or blind prove writes it',
  });
}
