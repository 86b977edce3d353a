import type { IncomingMessage } from 'node:http';
import { Refusal } from '@entente/protocol';
import type { Allowance } from './allowance.ts';
import type { PeerLimits } from './peer-limits.ts';

/**
 * The length of a request's body as it declares it; nothing of it is read before its length is known to be allowed.
 * @throws Refusal `field-missing` for a body of undeclared length, `too-large`
 */
export function checkLength(request: IncomingMessage, most: number): number {
  if (request.headers['transfer-encoding'] !== undefined) {
    throw new Refusal('field-missing', { where: 'content-length' });
  }
  const declared = request.headers['content-length'] ?? '0';
  if (!/^(0|[1-9][0-9]{0,15})$/.test(declared)) throw new Refusal('field-malformed', { where: 'content-length' });
  const length = Number(declared);
  if (length > most) throw new Refusal('too-large', { where: 'body', what: `${length} of at most ${most} bytes` });
  return length;
}

/** Breaks the connection where a body comes too slowly, whoever is reading it. */
export function guardPace(request: IncomingMessage, length: number, limits: PeerLimits): void {
  if (length === 0) return;
  const longest = limits.silence + (length / limits.slowestBytesPerSecond) * 1000;
  const late = (): void => {
    request.destroy();
  };
  const deadline = setTimeout(late, longest);
  request.setTimeout(limits.silence, late);
  const done = (): void => {
    clearTimeout(deadline);
    request.setTimeout(0);
  };
  request.once('end', done);
  request.once('close', done);
}

/** The whole body, in room that the relation has for it. The caller gives the room back. @throws Refusal */
export async function readWhole(
  request: IncomingMessage,
  most: number,
  allowance: Allowance,
): Promise<{ readonly body: Buffer; readonly release: () => void }> {
  const length = checkLength(request, most);
  const release = allowance.hold(length);
  try {
    const body = Buffer.allocUnsafeSlow(length);
    let at = 0;
    for await (const bytes of request as AsyncIterable<Buffer>) at += bytes.copy(body, at);
    // Node ends a body that was cut short with an error; this is for the reader who wonders.
    if (at !== length) throw new Refusal('link-down', { where: 'body' });
    return { body, release };
  } catch (error) {
    release();
    throw error instanceof Refusal ? error : new Refusal('link-down', { where: 'body' }, { cause: error });
  }
}
