import { Refusal } from '@entente/protocol';
import { approvalChallenge, approvalStatement } from '@entente/wire';
import { findRelation } from '../store/relation-queries.ts';
import { type Handlers, json } from './call.ts';
import type { HttpParts } from './parts.ts';
import type { ActPrepared } from '../release/prepare-acts.ts';
import type { ActRequest } from './verbs.ts';

interface SignedAct {
  readonly head: string;
  readonly body?: string;
}

export function actHandlers({ database, crypto, verbs }: HttpParts): Handlers {
  return {
    prepareActs: async ({ caller, parameter, body }) => {
      const relation = await findRelation(database, parameter('relation'), caller);
      // Only an officer has a function and a key; a program's token can carry signed acts, not draw them up.
      if (caller.officer === undefined) throw new Refusal('officer-unknown', { where: 'authorization' });
      const prepared = await verbs.acts.prepare(
        relation,
        caller.officer,
        body<{ readonly acts: readonly ActRequest[] }>().acts,
      );
      const list = prepared.map(({ act }) => act);
      return json({
        acts: prepared.map(writePrepared),
        statement: approvalStatement(list).toBase64(),
        challenge: approvalChallenge(crypto, list).toBase64(),
      });
    },
    authoriseActs: async ({ caller, parameter, body }) => {
      const relation = await findRelation(database, parameter('relation'), caller);
      const { acts, approvals } = body<{
        readonly acts: readonly SignedAct[];
        readonly approvals: readonly string[];
      }>();
      const signed = acts.map((act, at) => ({
        head: readBase64(act.head, `$.acts[${at}].head`),
        body: act.body === undefined ? undefined : readBase64(act.body, `$.acts[${at}].body`),
      }));
      const documents = approvals.map((approval, at) => readBase64(approval, `$.approvals[${at}]`));
      return json({ acts: await verbs.acts.authorise(relation, signed, documents, caller) });
    },
  };
}

function writePrepared({ act, dossier, type, head, body, approvals }: ActPrepared): object {
  return {
    act,
    dossier,
    type,
    approvals,
    head: head.toBase64(),
    ...(body === undefined ? {} : { body: body.toBase64() }),
  };
}

/** Bytes in their one spelling. @throws Refusal `base64-malformed` */
function readBase64(text: string, where: string): Uint8Array {
  try {
    const bytes = Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
    if (bytes.toBase64() === text) return bytes;
  } catch (cause) {
    throw new Refusal('base64-malformed', { where }, { cause });
  }
  throw new Refusal('base64-malformed', { where });
}
