// prepared: {"acts":[{"head":"<b64>","body":"<b64>",…}],"relation":"fr-ma"}
// signed:   {"acts":[{"head":"<b64>","body":"<b64>"}],"approvals":["<b64>"],"relation":"fr-ma"}
import {
  type ActId,
  type Head,
  isRelationId,
  type JsonObject,
  readBody,
  readHead,
  Refusal,
  type RelationId,
} from '@entente/protocol';
import { approveByKeyFile, writeApproval } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import type { Context } from './command.ts';
import type { Input } from './input.ts';
import { isJsonObject, listIn, textIn } from './json-file.ts';
import { officerNamed, openOfficerKey } from './officer-file.ts';
import { readStation } from './station-file.ts';

/** Acts as exact bytes, with the approvals gathered so far. */
export interface ActsFile {
  readonly relation: RelationId;
  readonly acts: readonly { readonly id: ActId; readonly head: Uint8Array; readonly body: Uint8Array | undefined }[];
  readonly approvals: readonly string[];
}

/** Reads prepared or signed acts; ids are computed from the bytes, never taken. @throws Refusal */
export function readActs(value: JsonObject): ActsFile {
  const { relation, acts, approvals } = value;
  if (!isRelationId(relation) || !Array.isArray(acts)) throw new Refusal('field-malformed', { where: 'acts' });
  return {
    relation,
    approvals: listIn(approvals).filter((one) => typeof one === 'string'),
    acts: listIn(acts).map((act, at) => {
      if (!isJsonObject(act)) throw new Refusal('field-malformed', { where: `acts[${at}]` });
      const head = Uint8Array.fromBase64(textIn(act, 'head', `acts[${at}]`));
      const body = act['body'] === undefined ? undefined : Uint8Array.fromBase64(textIn(act, 'body', `acts[${at}]`));
      const named = readHead(head).body;
      if ((body === undefined ? undefined : nodeCrypto.sha256Hex(body)) !== named)
        throw new Refusal('hash-mismatch', { where: `acts[${at}].body` });
      return { id: nodeCrypto.sha256Hex(head) as ActId, head, body };
    }),
  };
}

export function writeActs({ relation, acts, approvals }: ActsFile): JsonObject {
  return {
    relation,
    acts: acts.map(({ head, body }) => ({
      head: head.toBase64(),
      ...(body === undefined ? {} : { body: body.toBase64() }),
    })),
    approvals,
  };
}

/** Shows the acts as their bytes say, has them confirmed, and adds the officer's approval of the whole list. */
export async function signActs(file: ActsFile, input: Input, context: Context): Promise<ActsFile> {
  const { home, terminal } = context;
  for (const act of file.acts) terminal.say(actText(act));
  await terminal.confirm(
    `Sign ${file.acts.length === 1 ? 'this act' : `these ${file.acts.length} acts`}?`,
    input.flag('yes'),
  );
  const { signing } = await readStation(home);
  const [origin] = signing.origins;
  if (origin === undefined) throw new Refusal('usage', { what: 'station.json names no origin' });
  const name = await officerNamed(home, input, file.relation);
  const key = await openOfficerKey(home, name, file.relation, input, terminal);
  const approval = approveByKeyFile(
    nodeCrypto,
    key,
    { rpId: signing.rpId, origin, counter: 0 },
    file.acts.map(({ id }) => id),
  );
  return { ...file, approvals: [...file.approvals, writeApproval(approval).toBase64()] };
}

function actText({ id, head, body }: ActsFile['acts'][number]): string {
  const { type, from, to, dossier, handling, inputs, legalBasis, gates, floor }: Head = readHead(head);
  return [
    `${type}  ${from} → ${to}`,
    `  act        ${id}`,
    `  dossier    ${dossier}`,
    `  handling   ${handling.codes.join(' ')}${handling.evaluation === undefined ? '' : `, ${handling.evaluation}`}`,
    ...(legalBasis === undefined ? [] : [`  basis      ${legalBasis}`]),
    ...(floor === undefined ? [] : ['  floor      claimed: it passes every lane']),
    `  gates      ${gates.map(({ gate }) => gate).join(', ') || 'none'}`,
    ...Object.entries(inputs).map(([name, value]) => `  ${name.padEnd(10)} ${JSON.stringify(value)}`),
    ...(body === undefined ? [] : bodyLines(body)),
  ].join('\n');
}

function bodyLines(bytes: Uint8Array): readonly string[] {
  const { fields, attachments } = readBody(bytes);
  return [
    ...Object.entries(fields).map(([name, value]) => `  ${name.padEnd(10)} ${JSON.stringify(value)}`),
    ...attachments.map(({ name, size, sha256 }) => `  attached   ${name}, ${size} bytes, ${sha256}`),
  ];
}
