// A root's notice is one JSON text: {"approval":"<text>","body":"<text>"|null,"envelope":"<text>"} for an act that its root
// signed, or the DSSE envelope of a keyset: {"payload":…,"payloadType":"application/vnd.entente.keyset+json;v=1",…}
import { canonicalJson, type Json, readCanonicalJson, Refusal } from '@entente/protocol';
import { maximumNotice } from '@entente/wire';

/** A notice as it arrived: nothing in it is verified. */
export type Notice =
  | { readonly kind: 'keyset'; readonly envelope: Uint8Array }
  | {
      readonly kind: 'act';
      readonly envelope: Uint8Array;
      readonly approval: Uint8Array;
      readonly body: Uint8Array | undefined;
    };

/** What taking a notice changed. */
export type NoticeTaken = 'keyset' | 'epoch' | 'compromise' | 'known-already';

/** Writes a root-signed act as a notice. */
export function writeNotice({ envelope, approval, body }: Omit<Extract<Notice, { kind: 'act' }>, 'kind'>): Uint8Array {
  const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  return new TextEncoder().encode(
    canonicalJson({ approval: text(approval), body: body === undefined ? null : text(body), envelope: text(envelope) }),
  );
}

/** @throws Refusal `note-malformed`, `too-large` */
export function readNotice(bytes: Uint8Array): Notice {
  if (bytes.length > maximumNotice) throw new Refusal('too-large', { where: 'notice' });
  const members = membersOf(bytes);
  if (members['payloadType'] !== undefined) return { kind: 'keyset', envelope: bytes };
  const { approval, body, envelope } = members;
  if (typeof approval !== 'string' || typeof envelope !== 'string' || (body !== null && typeof body !== 'string')) {
    throw new Refusal('note-malformed', { where: 'notice' });
  }
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  return {
    kind: 'act',
    envelope: encode(envelope),
    approval: encode(approval),
    body: body === null ? undefined : encode(body),
  };
}

function membersOf(bytes: Uint8Array): Readonly<Record<string, Json>> {
  let value: Json;
  try {
    value = readCanonicalJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new Refusal('note-malformed', { where: 'notice' }, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal('note-malformed', { where: 'notice' });
  }
  return Object.fromEntries(Object.entries(value));
}
