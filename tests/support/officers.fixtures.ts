import type { ActId, DossierId, Handling, JsonObject, LegalBasis } from '@entente/protocol';
import type { Draft } from '@entente/tracks';
import { approveByKeyFile, type KeyFile, publicKeyOfFile, writeApproval } from '@entente/wire';
import { sayByAdministration } from '../../packages/station/src/release/administration-act.ts';
import { acceptCosigned } from '../../packages/station/src/custody/accept-cosigned.ts';
import type { Parts } from '../../packages/station/src/custody/relation.ts';
import { openFolding } from '../../packages/station/src/dossiers/folding.ts';
import { foldDossiers } from '../../packages/station/src/dossiers/fold-dossiers.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { type Authorised, authoriseActs } from '../../packages/station/src/release/authorise-acts.ts';
import { type ActPrepared, type ActWanted, prepareActs } from '../../packages/station/src/release/prepare-acts.ts';
import { readChannel } from '../../packages/station/src/store/channels.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** An officer of a station, with the key file the channel knows. */
export interface TestOfficer {
  readonly station: Pick<TestStation, 'relation'> & { readonly parts: Parts };
  readonly function: string;
  readonly pseudonym: string;
  readonly key: KeyFile;
}

/** Enrols an officer: the key is bound in the channel before anything else is said. */
export async function enrol(station: TestOfficer['station'], pseudonym: string): Promise<TestOfficer> {
  const { parts, relation } = station;
  const key: KeyFile = { algorithm: 'ed25519', secretSeed: parts.crypto.randomBytes(32) };
  const publicKey = publicKeyOfFile(parts.crypto, key);
  await sayByAdministration(parts, relation, 'officer-key', {
    key: parts.crypto.sha256Hex(publicKey),
    algorithm: 'ed25519',
    publicKey: publicKey.toBase64(),
    kind: 'key-file',
    pseudonym,
    function: 'duty-officer',
  });
  return { station, function: 'duty-officer', pseudonym, key };
}

/** An act as an officer would write it on the desk. */
export interface Wanted {
  readonly type: string;
  readonly inputs?: JsonObject;
  readonly fields?: JsonObject;
  readonly handling?: Handling;
  readonly legalBasis?: LegalBasis;
  readonly dossier?: DossierId;
  readonly basis?: readonly ActId[];
  readonly gates?: readonly string[];
  readonly floor?: true;
  readonly attachments?: Draft['attachments'];
}

export const humanGates = ['necessity-proportionality', 'third-party-ownership', 'torture-risk', 'neutrality'] as const;

export function wantedAct(wanted: Wanted): ActWanted {
  const { type, inputs = {}, fields = {}, handling = { codes: ['H0'] }, legalBasis, dossier, basis = [] } = wanted;
  const content: Draft = {
    track: 'leads',
    type,
    inputs,
    fields,
    handling,
    ...(legalBasis === undefined ? {} : { legalBasis }),
    attachments: wanted.attachments ?? [],
    kept: [],
    source: { kind: 'written' },
  };
  return {
    content,
    ...(dossier === undefined ? {} : { dossier }),
    basis,
    ...(wanted.floor === undefined ? {} : { floor: wanted.floor }),
    gates: (wanted.gates ?? []).map((gate) => ({ gate, reasoning: 'checked against the file' })),
  };
}

/** Draws up and signs acts with one assertion, and puts them into the outbox. */
export async function say(
  officers: TestOfficer | readonly [TestOfficer, TestOfficer],
  ...wanted: readonly Wanted[]
): Promise<readonly ActPrepared[]> {
  const signing = 'station' in officers ? [officers] : officers;
  const [first] = signing;
  if (first === undefined) throw new Error('somebody signs');
  const { parts, relation } = first.station;
  const author = { officer: 1, function: first.function, pseudonym: first.pseudonym };
  const prepared = await prepareActs(parts, relation, author, wanted.map(wantedAct));
  await authorise(signing, prepared);
  return prepared;
}

/** Signs prepared acts and authorises them. */
export function authorise(
  officers: readonly TestOfficer[],
  prepared: readonly ActPrepared[],
): Promise<readonly Authorised[]> {
  const [first] = officers;
  if (first === undefined) throw new Error('somebody signs');
  const { parts, relation } = first.station;
  const { accord } = relation.authority.accord(relation.own);
  const signing = accord.parties.find(({ id }) => id === relation.own)?.signing;
  const context = { rpId: signing?.rpId ?? '', origin: signing?.origins[0] ?? '', counter: 0 };
  const ids = prepared.map(({ act }) => act);
  const approvals = officers.map(({ key }) => writeApproval(approveByKeyFile(parts.crypto, key, context, ids)));
  return authoriseActs(parts, relation, prepared, approvals);
}

/** Carries everything both sides have to say, parcel by parcel, until neither has more; then folds both. */
export async function level(one: TestStation, other: TestStation): Promise<void> {
  await exchange(one, other);
  await Promise.all([one, other].map(foldAll));
}

/** Carries everything both sides have to say, and folds nothing. */
export async function exchange(one: TestStation, other: TestStation): Promise<void> {
  for (let moved = true; moved;) {
    const there = await carry(one, other);
    const back = await carry(other, one);
    moved = there || back;
  }
}

/** Folds until nothing is left to fold. */
export async function foldAll({ parts, relation }: TestStation): Promise<void> {
  const folding = openFolding(parts.crypto, relation);
  while ((await foldDossiers(parts, folding)).kind === 'folded');
}

async function carry(from: TestStation, to: TestStation): Promise<boolean> {
  const { size } = await readChannel(to.parts.database, to.relation.number, from.relation.own);
  const parcel = await makeParcel(from.parts, from.relation, size);
  if (parcel === undefined) return false;
  const { cosigned } = await acceptParcel(to.parts, to.relation, parcel.sealed);
  await acceptCosigned(from.parts, from.relation, cosigned.note);
  return true;
}

const said = (text: string): JsonObject => ({ language: 'fr', text });

/** A request with all its mandatory elements. */
export const request: Wanted = {
  type: 'request',
  inputs: { crimeArea: 'terrorism', purpose: 'investigation', urgency: 'urgent' },
  fields: {
    question: said('Où se trouve-t-il ?'),
    facts: said('Association de malfaiteurs'),
    link: said('Mis en cause'),
    presence: said('Domicile connu'),
    urgencyReason: said('Fuite imminente'),
  },
  legalBasis: 'SAFE-37b',
  gates: humanGates,
};
