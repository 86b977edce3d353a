// A refusal on its way between two stations: {"code":"too-large","detail":{"where":"body"}}
import {
  canonicalJson,
  firstInvisible,
  type Json,
  readCanonicalJson,
  Refusal,
  type RefusalCode,
  type RefusalDetail,
  refusalCodes,
} from '@entente/protocol';

const statuses: Readonly<Partial<Record<RefusalCode, number>>> = {
  'field-missing': 400,
  'field-malformed': 400,
  'not-authorised': 403,
  'relation-unknown': 404,
  'attachment-unknown': 404,
  'act-unknown': 404,
  usage: 404,
  'attachment-awaited': 409,
  'history-conflict': 409,
  'head-behind': 409,
  gap: 409,
  'channel-stopped': 409,
  'wrong-epoch': 409,
  'body-erased': 410,
  'too-large': 413,
  'quota-exceeded': 429,
  'database-unsafe': 503,
  'keystore-missing': 503,
  'store-full': 503,
  'not-caught-up': 503,
  'link-down': 503,
};

const longestText = 200;

/** The HTTP status between stations; whatever could be read and does not hold is 422. */
export function statusOf(code: RefusalCode): number {
  return statuses[code] ?? 422;
}

/** What our own machine lacks crosses as a code and a time only: folders and settings are the house's business. */
export function writeRefusal({ code, detail }: Refusal): string {
  const { where, what, retryAfter } = detail;
  const isOurs = statusOf(code) >= 500;
  return canonicalJson({
    code,
    detail: {
      ...(where === undefined || isOurs ? {} : { where: where.slice(0, longestText) }),
      ...(what === undefined || isOurs ? {} : { what: what.slice(0, longestText) }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    },
  });
}

/** Reads what the counterpart refused with; what cannot be read is a link that does not work. */
export function readRefusal(text: string, status: number): Refusal {
  let value: Json;
  try {
    value = readCanonicalJson(text);
  } catch (cause) {
    return new Refusal('link-down', { what: `status ${status}` }, { cause });
  }
  const { code, detail } = membersOf(value);
  const known = refusalCodes.find((name) => name === code);
  if (known === undefined) return new Refusal('link-down', { what: `status ${status}` });
  return new Refusal(known, readDetail(membersOf(detail)));
}

function readDetail({ where, what, retryAfter }: Readonly<Record<string, Json>>): RefusalDetail {
  return {
    ...(isShown(where) ? { where } : {}),
    ...(isShown(what) ? { what } : {}),
    ...(typeof retryAfter === 'number' && retryAfter >= 0 && retryAfter <= 86_400 ? { retryAfter } : {}),
  };
}

function membersOf(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** Short, and nothing invisible in it: this goes into a log that people read. */
function isShown(text: Json | undefined): text is string {
  return typeof text === 'string' && text.length <= longestText && firstInvisible(text) === undefined;
}
