import { Agent, request } from 'undici';

/** Where a neutral witness is: the prefix to which `/add-checkpoint` is added. */
export interface WitnessPlace {
  readonly vkey: string;
  readonly url: string;
}

/** What a witness answered: the C2SP witness API's status, 0 where none came, and its body, bounded. */
export interface WitnessAnswered {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Brings a request to `add-checkpoint` of the witness with this verifier key; undefined where nobody knows where it is. */
export type AskWitness = (vkey: string, request: string) => Promise<WitnessAnswered | undefined>;

const patience = 10_000;
const mostAnswered = 64 * 1024;

/**
 * Brings checkpoints to witnesses over HTTPS. What they answer is verified by their key, wherever it came from.
 */
export function postToWitness(places: readonly WitnessPlace[]): AskWitness {
  return async (vkey, body) => {
    const place = places.find((one) => one.vkey === vkey);
    if (place === undefined) return undefined;
    const agent = new Agent({ headersTimeout: patience, bodyTimeout: patience, maxResponseSize: mostAnswered });
    try {
      const answer = await request(`${place.url.replace(/\/$/, '')}/add-checkpoint`, {
        dispatcher: agent,
        method: 'POST',
        body,
        signal: AbortSignal.timeout(patience),
      });
      return { status: answer.statusCode, body: Buffer.from(await answer.body.arrayBuffer()) };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // Down or gone: the next round asks again, and the doctor says from which size on.
      return { status: 0, body: new Uint8Array() };
    } finally {
      await agent.destroy();
    }
  };
}
