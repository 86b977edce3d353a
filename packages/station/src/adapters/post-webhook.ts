import { createHmac } from 'node:crypto';
import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { JsonObject } from '@entente/protocol';
import { Agent, request } from 'undici';
import { checkWebhookUrl, mayTell } from './webhook-address.ts';

/** One telling, as it is sent. */
export interface Telling {
  readonly url: string;
  readonly secret: Uint8Array;
  readonly allowLocal: boolean;
  /** The same for every attempt, so that a receiver counts it once. */
  readonly message: string;
  readonly content: JsonObject;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** Taken, or why not: a status or a kind of failure, never what the other side wrote. */
export type Told = { readonly kind: 'taken' } | { readonly kind: 'not-taken'; readonly why: string };

const patience = 10_000;

/**
 * Tells one webhook, signed as Standard Webhooks 1.0.0: `webhook-signature: v1,` and the base64 of HMAC-SHA256 over
 * `<id>.<timestamp>.<body>`. Redirects are not followed, and the address is judged where the connection is made, so that
 * a name cannot change its meaning in between.
 * @param over ends the attempt
 */
export async function postWebhook(telling: Telling, over: AbortSignal): Promise<Told> {
  const body = JSON.stringify(telling.content);
  const agent = new Agent({
    connect: { lookup: judgedLookup(telling.allowLocal), timeout: patience },
    headersTimeout: patience,
    bodyTimeout: patience,
    maxResponseSize: 64 * 1024,
  });
  try {
    checkWebhookUrl(telling.url, telling.allowLocal);
    const { statusCode, body: answer } = await request(telling.url, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'entente', ...signatureOf(telling, body) },
      body,
      signal: AbortSignal.any([over, AbortSignal.timeout(patience)]),
    });
    await answer.dump();
    return statusCode >= 200 && statusCode < 300
      ? { kind: 'taken' }
      : { kind: 'not-taken', why: `status ${statusCode}` };
  } catch (error) {
    return { kind: 'not-taken', why: kindOf(error) };
  } finally {
    await agent.destroy();
  }
}

function signatureOf({ message, secret, timestamp }: Telling, body: string): Readonly<Record<string, string>> {
  const signed = createHmac('sha256', secret).update(`${message}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': message, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signed}` };
}

/** Every address a name leads to must be allowed: one that hides a second among them is refused. */
function judgedLookup(allowLocal: boolean): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const first = addresses?.[0];
      if (error !== null) return done(error, '', 0);
      if (first === undefined || !addresses.every(({ address }) => mayTell(address, allowLocal))) {
        return done(
          Object.assign(new Error('the name leads where nobody may be told'), { code: 'ADDRESS_REFUSED' }),
          '',
          0,
        );
      }
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}

function kindOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, 64) : 'not reached';
}
