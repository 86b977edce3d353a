import { officerKeyKinds } from '../accord.ts';
import { relationAct } from './relation-act.ts';
import type { Field } from '../field.ts';
import type { ActType } from '../track.ts';

const key: Field = { name: 'key', kind: 'sha256', required: true };

/** What the officer-key-administration key says (PROTOCOL §1.4, §3.5). */
export const administrationActs: readonly ActType[] = [
  relationAct('officer-key', 'administration', [
    // SHA-256 of the raw public key: what signatures are looked up by.
    key,
    { name: 'algorithm', kind: 'choice', of: ['ed25519', 'p256'], required: true },
    { name: 'publicKey', kind: 'base64', minimum: 32, maximum: 65, required: true },
    { name: 'kind', kind: 'choice', of: officerKeyKinds, required: true },
    { name: 'pseudonym', kind: 'text', maximum: 64, required: true },
    { name: 'function', kind: 'text', maximum: 64, required: true },
    { name: 'units', kind: 'list', maximum: 32, of: { kind: 'text', maximum: 64 } },
  ]),
  relationAct('officer-revoke', 'administration', [
    key,
    { name: 'reason', kind: 'choice', of: ['left', 'lost', 'replaced', 'compromised'], required: true },
  ]),
  // Lets a station append although its clock is off; by how much, in seconds.
  relationAct('clock-override', 'administration', [
    {
      name: 'difference',
      kind: 'integer',
      minimum: -Number.MAX_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
      required: true,
    },
  ]),
];
