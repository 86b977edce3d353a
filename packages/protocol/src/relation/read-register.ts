import { officerKeyKinds } from '../accord.ts';
import type { OfficerKeyKind } from '../accord.ts';
import type { Head } from '../act.ts';
import type { Json, JsonObject } from '../json.ts';
import { isActId, isSha256Hex, readInstant } from '../identifiers.ts';
import type { ActId, Instant, Sha256Hex } from '../identifiers.ts';
import { laneDirections, laneSettings } from '../lanes.ts';
import type { LaneDirection, LaneSetting } from '../lanes.ts';

/** An officer's key as its administration enrolled it. Pseudonymous: who it is stands in the house log. */
export interface OfficerKey {
  readonly key: Sha256Hex;
  readonly algorithm: string;
  readonly publicKey: string;
  readonly kind: OfficerKeyKind;
  readonly pseudonym: string;
  readonly function: string;
  readonly units: readonly string[];
}

export interface SealingKey {
  readonly recipient: string;
  readonly number: number;
}

/** What an effective act of the relation writes into the registers of its author. */
export type RegisterWrite =
  | { readonly kind: 'officer-key'; readonly officer: OfficerKey }
  | { readonly kind: 'key-stopped'; readonly key: Sha256Hex }
  | { readonly kind: 'sealing-key'; readonly sealing: SealingKey }
  | { readonly kind: 'blind-key'; readonly purpose: string; readonly epoch: number; readonly key: string }
  | { readonly kind: 'lane'; readonly track: string; readonly direction: LaneDirection; readonly setting: LaneSetting }
  | { readonly kind: 'proposal'; readonly accord: Sha256Hex; readonly previous: Sha256Hex }
  | { readonly kind: 'acceptance'; readonly proposal: ActId; readonly accord: Sha256Hex; readonly previous: Sha256Hex }
  | { readonly kind: 'keyset'; readonly keyset: Sha256Hex }
  | { readonly kind: 'epoch'; readonly epoch: number; readonly common: number }
  | {
      readonly kind: 'compromise';
      readonly since: Instant;
      readonly own: number;
      readonly theirs: number;
      readonly keys: readonly Sha256Hex[];
    }
  | { readonly kind: 'confirmation'; readonly from: number; readonly to: number };

/** Reads what a head writes into registers; undefined where it writes none, or where its inputs do not hold. */
export function readRegister(head: Head): RegisterWrite | undefined {
  const { inputs } = head;
  const { key, accord, previous, keyset, proposal } = inputs;
  switch (head.type) {
    case 'relation/officer-key':
      return readOfficerKey(head);
    case 'relation/officer-revoke':
    case 'relation/freeze':
      return isSha256Hex(key) ? { kind: 'key-stopped', key } : undefined;
    case 'relation/sealing-key':
      return {
        kind: 'sealing-key',
        sealing: { recipient: text(inputs['recipient']), number: number(inputs['number']) },
      };
    case 'relation/lane':
      return readLane(head);
    case 'relation/blind-key':
      return {
        kind: 'blind-key',
        purpose: text(inputs['purpose']),
        epoch: number(inputs['epoch']),
        key: text(inputs['blindKey']),
      };
    case 'relation/accord-proposal':
      return isSha256Hex(accord) && isSha256Hex(previous) ? { kind: 'proposal', accord, previous } : undefined;
    case 'relation/accord-acceptance':
      return isActId(proposal) && isSha256Hex(accord) && isSha256Hex(previous)
        ? { kind: 'acceptance', proposal, accord, previous }
        : undefined;
    case 'relation/keyset':
      return isSha256Hex(keyset) ? { kind: 'keyset', keyset } : undefined;
    case 'relation/epoch-notice':
      return { kind: 'epoch', epoch: number(inputs['epoch']), common: sizeOf(inputs['common']) };
    case 'relation/compromise-notice':
      return readNotice(head);
    case 'relation/confirmation':
      return { kind: 'confirmation', from: number(inputs['from']), to: number(inputs['to']) };
    default:
      return undefined;
  }
}

function readOfficerKey({ inputs }: Head): RegisterWrite | undefined {
  const { key } = inputs;
  const kind = officerKeyKinds.find((known) => known === inputs['kind']);
  if (!isSha256Hex(key) || kind === undefined) return undefined;
  const officer: OfficerKey = {
    key,
    kind,
    algorithm: text(inputs['algorithm']),
    publicKey: text(inputs['publicKey']),
    pseudonym: text(inputs['pseudonym']),
    function: text(inputs['function']),
    units: list(inputs['units']).map(text),
  };
  return { kind: 'officer-key', officer };
}

function readLane({ inputs }: Head): RegisterWrite | undefined {
  const direction = laneDirections.find((known) => known === inputs['direction']);
  const setting = laneSettings.find((known) => known === inputs['setting']);
  if (direction === undefined || setting === undefined) return undefined;
  return { kind: 'lane', track: text(inputs['track']), direction, setting };
}

function readNotice({ inputs }: Head): RegisterWrite | undefined {
  const since = readInstant(inputs['since']);
  if (since === undefined) return undefined;
  const keys = list(inputs['keys']).filter(isSha256Hex);
  return { kind: 'compromise', since, own: sizeOf(inputs['own']), theirs: sizeOf(inputs['theirs']), keys };
}

function sizeOf(value: Json | undefined): number {
  return isObject(value) ? number(value['size']) : 0;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function number(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
