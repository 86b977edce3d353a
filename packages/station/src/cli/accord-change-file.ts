// {"acceptance":{"approval":"<text>","envelope":"<text>","index":4,"seen":6},"accord":"<text>","proposal":{…},"v":1}
import { canonicalJson, isLogSize, type JsonObject, Refusal } from '@entente/protocol';
import type { AccordChange, RootAct } from '@entente/wire';
import { isJsonObject, readWrittenObject, textIn } from './json-file.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** An accord that was agreed on in the channels, with both roots' acts and where they stand. */
export function writeAccordChange({ accord, proposal, acceptance }: AccordChange): string {
  const value = { v: 1, accord: decoder.decode(accord), proposal: actOf(proposal), acceptance: actOf(acceptance) };
  return `${canonicalJson(value)}\n`;
}

/** Nothing in it is verified: `verifyAccordChain` holds it to the roots, the channels to its places. @throws Refusal `json-…`, `field-malformed` */
export function readAccordChange(bytes: Uint8Array, where: string): AccordChange {
  const value = readWrittenObject(bytes, where);
  if (value['v'] !== 1) throw new Refusal('field-malformed', { where: `${where}.v` });
  const accord = encoder.encode(textIn(value, 'accord', where));
  return {
    accord,
    proposal: readAct(value, 'proposal', where),
    acceptance: readAct(value, 'acceptance', where),
  };
}

function actOf({ envelope, approval, index, seen }: RootAct): JsonObject {
  return { envelope: decoder.decode(envelope), approval: decoder.decode(approval), index, seen };
}

function readAct(value: JsonObject, member: 'proposal' | 'acceptance', place: string): RootAct {
  const where = `${place}.${member}`;
  const act = value[member];
  if (!isJsonObject(act)) throw new Refusal('field-malformed', { where });
  const { index, seen } = act;
  if (!isLogSize(index) || !isLogSize(seen)) throw new Refusal('field-malformed', { where });
  const envelope = encoder.encode(textIn(act, 'envelope', where));
  return { envelope, approval: encoder.encode(textIn(act, 'approval', where)), index, seen };
}
