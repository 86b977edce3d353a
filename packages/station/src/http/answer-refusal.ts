import { refusalStatus } from '@entente/contract';
import { type Json, type Language, Refusal, refusalWords } from '@entente/protocol';

/** An answer that says no: the status, the headers and the body that the contract's `Refusal` describes. */
export interface RefusalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

const defect = {
  fr: 'La station a rencontré une erreur qui n’est pas de votre fait ; elle est consignée pour son exploitant.',
  ar: 'وقع خلل في المحطة لا دخل لكم فيه، وقد سُجّل لدى الجهة المشغلة.',
  en: 'The station met an error that is not of your making; it is recorded for its operator.',
} as const;

/** What our own machine lacks is told by its code only: folders and settings are the house's business. */
export function answerRefusal({ code, detail }: Refusal, language: Language): RefusalAnswer {
  const status = refusalStatus[code];
  const { where, what, retryAfter, faults } = detail;
  const shown = status >= 500 ? (retryAfter === undefined ? {} : { retryAfter }) : detail;
  return {
    status,
    headers: {
      'content-language': language,
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
    body: {
      code,
      message: refusalWords(code, language, shown),
      ...(where === undefined || status >= 500 ? {} : { where: where.slice(0, 400) }),
      ...(what === undefined || status >= 500 ? {} : { what: what.slice(0, 400) }),
      ...(faults === undefined || status >= 500 ? {} : { faults: faults.map((fault) => ({ ...fault })) }),
    },
  };
}

/** A defect of ours: nothing of it is shown. */
export function answerDefect(language: Language): RefusalAnswer {
  return {
    status: 500,
    headers: { 'content-language': language },
    body: { code: 'defect', message: defect[language] },
  };
}

// PostgreSQL, appendix A: class 08 connection, 53 resources, 57P shutdown.
const databaseAway = /^(?:08...|53...|57P0.|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;

/**
 * What was thrown as a refusal, where it is one: ours; what the server says of a request it cannot read; a database that
 * is away. Undefined for a defect.
 */
export function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const { code, statusCode, message } = membersOf(error);
  if (typeof code === 'string' && databaseAway.test(code))
    return new Refusal('link-down', { where: 'database', retryAfter: 5 }, { cause: error });
  if (message === 'timeout exceeded when trying to connect')
    return new Refusal('link-down', { retryAfter: 5 }, { cause: error });
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('too-large', { where: 'body' }, { cause: error });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new Refusal('field-malformed', { where: 'content-type' }, { cause: error });
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new Refusal('field-malformed', { where: 'request' }, { cause: error });
  }
  return undefined;
}

function membersOf(error: unknown): {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
} {
  return typeof error === 'object' && error !== null ? error : {};
}
