import {
  type ActId,
  type DossierId,
  type DossierState,
  type Head,
  type Instant,
  type JsonObject,
  relationDossier,
  writeBody,
  writeHead,
  writeInstant,
} from '@entente/protocol';
import { tracks } from '@entente/tracks';
import {
  approveByKey,
  approveByKeyFile,
  type KeyFile,
  publicKeyOfFile,
  writeApproval,
  writeEnvelope,
} from '@entente/wire';
import { entryAt, readAct } from '../../packages/station/src/exchange/weigh-entry.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { makeParcel } from '../../packages/station/src/exchange/make-parcel.ts';
import { releaseParcel } from '../../packages/station/src/release/release-parcel.ts';
import { keepApprovals } from '../../packages/station/src/store/approvals.ts';
import { lockChannel, readChannel } from '../../packages/station/src/store/channels.ts';
import { type Transaction, transact } from '../../packages/station/src/store/database.ts';
import { appendEntries, type NewEntry, ranksAt } from '../../packages/station/src/store/entries.ts';
import { putIntoOutbox } from '../../packages/station/src/store/outbox.ts';
import type { TestStation } from './two-parties.fixtures.ts';

/** An officer of a party with a key file bound in its channel. */
export interface TestOfficer {
  readonly station: TestStation;
  readonly key: KeyFile;
  readonly pseudonym: string;
}

/** An act to be said; what is left out is as an honest desk would write it. */
export interface Said {
  readonly type: string;
  readonly dossier: DossierId;
  readonly inputs?: JsonObject;
  readonly fields?: JsonObject;
  /** A body as bytes, whatever they are, instead of `fields`. */
  readonly body?: Uint8Array;
  readonly leaves?: ActId;
  readonly trackVersion?: number;
  readonly floor?: true;
  readonly codes?: Head['handling']['codes'];
  /** Other officers who sign too. */
  readonly with?: readonly TestOfficer[];
}

export const information: JsonObject = { crimeArea: 'drugs', purpose: 'prevention' };
export const request: JsonObject = { crimeArea: 'terrorism', purpose: 'investigation', urgency: 'other' };

/** Binds a new officer's key in the party's channel. */
export async function enrol(station: TestStation): Promise<TestOfficer> {
  const { parts, relation } = station;
  const { crypto } = parts;
  const key: KeyFile = { algorithm: 'ed25519', secretSeed: crypto.ed25519.generate().secretSeed };
  const publicKey = publicKeyOfFile(crypto, key);
  const pseudonym = `o-${crypto.randomBytes(4).toHex()}`;
  const inputs = {
    algorithm: 'ed25519',
    function: 'duty-officer',
    key: crypto.sha256Hex(publicKey),
    kind: 'key-file',
    pseudonym,
  };
  const head = writeHead({
    ...headOf(station, { type: 'relation/officer-key', dossier: relationDossier }),
    author: { function: 'administration', pseudonym: 'administration' },
    inputs: { ...inputs, publicKey: publicKey.toBase64() },
  });
  const id = crypto.sha256Hex(head) as ActId;
  const approval = writeApproval(approveByKey(crypto, 'administration', [id], relation.keys.administration.secretSeed));
  const signer = crypto.sha256Hex(relation.keys.administration.publicKey) as ActId;
  await wait(station, head, undefined, [{ approval, key: signer }], relationDossier);
  await releaseParcel(parts, relation);
  return { station, key, pseudonym };
}

/** Authorises an act: it waits in the outbox. */
export async function authorise(officer: TestOfficer, said: Said): Promise<ActId> {
  const { head, body, signed, id } = sign(officer, said);
  await wait(officer.station, head, body, signed, said.dossier);
  return id;
}

/** Authorises and releases an act. */
export async function says(officer: TestOfficer, said: Said): Promise<ActId> {
  const id = await authorise(officer, said);
  await releaseParcel(officer.station.parts, officer.station.relation);
  return id;
}

/** What one station has that the other lacks, as one parcel; undefined where there is nothing to send. */
export async function parcelFor(from: TestStation, to: TestStation): Promise<Uint8Array | undefined> {
  const held = await readChannel(to.parts.database, to.relation.number, from.relation.own);
  return (await makeParcel(from.parts, from.relation, held.size))?.sealed;
}

/** Sends parcels both ways until neither has anything to say. */
export async function level(one: TestStation, other: TestStation): Promise<void> {
  for (let quiet = 0; quiet < 2;) {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const parcel = await parcelFor(from, to);
      if (parcel === undefined) quiet += 1;
      else {
        quiet = 0;
        await acceptParcel(to.parts, to.relation, parcel);
      }
    }
  }
}

/** Puts envelopes into one's own channel whatever an honest station would hold back: what a counterpart may send. */
export async function forceInto(
  station: TestStation,
  acts: readonly { readonly envelope: Uint8Array; readonly body?: Uint8Array }[],
): Promise<void> {
  const { parts, relation } = station;
  await relation.authority.guarded((turn) =>
    transact(parts.database, async (transaction) => {
      const channel = await lockChannel(transaction, relation.number, relation.own);
      await turn();
      const theirs = await readChannel(transaction, relation.number, relation.counterpart);
      await relation.authority.catchUp(transaction, channel, theirs);
      const read = acts.map(({ envelope, body }) => readAct(parts.crypto, envelope, body));
      await relation.authority.loadApprovals(transaction, read);
      const seenRank = (await ranksAt(transaction, theirs, [theirs.size - 1])).get(theirs.size - 1) ?? 0;
      const seen = { size: theirs.size, root: parts.crypto.sha256Hex(new Uint8Array()) };
      const root = theirs.size === 0 ? seen.root : (Buffer.from(theirs.root).toString('hex') as typeof seen.root);
      const ids = new Set<string>();
      let previousRank = channel.lastRank;
      const entries: NewEntry[] = read.map((act, at) => {
        const place = { party: relation.own, index: channel.size + at, seen: theirs.size };
        const verdict = relation.authority.judge(act, place, ids.has(act.id));
        ids.add(act.id);
        const time = Math.max(parts.clock.now(), channel.lastTime) as Instant;
        const entry = entryAt(parts.crypto, act, { time, seen: { ...seen, root }, previousRank, seenRank, verdict });
        relation.authority.record(act, place, entry, channel.channel);
        previousRank = entry.rank;
        return entry;
      });
      await appendEntries(transaction, parts.crypto, channel, entries);
    }),
  );
}

/** An act signed by an officer, as an envelope, with nothing held against any rule. */
export async function signedEnvelope(
  officer: TestOfficer,
  said: Said,
): Promise<{ envelope: Uint8Array; body?: Uint8Array; id: ActId }> {
  const { parts, relation } = officer.station;
  const { head, body, signed, id } = sign(officer, said);
  const signatures = await transact(parts.database, (transaction) =>
    keep(officer.station, transaction, relation.number, signed),
  );
  return { envelope: writeEnvelope(head, signatures), id, ...(body === undefined ? {} : { body }) };
}

export function stateOf(station: TestStation, dossier: DossierId): Promise<DossierState | undefined> {
  return station.parts.database
    .query<{ folded: DossierState }>(`select folded from dossier where relation = 1 and dossier = decode($1, 'hex')`, [
      dossier,
    ])
    .then(({ rows }) => rows[0]?.folded);
}

export function newDossier(station: TestStation): DossierId {
  return station.parts.crypto.randomBytes(16).toHex() as DossierId;
}

interface Signed {
  readonly approval: Uint8Array;
  readonly key: ActId;
}

function sign(
  officer: TestOfficer,
  said: Said,
): { head: Uint8Array; body: Uint8Array | undefined; signed: readonly Signed[]; id: ActId } {
  const { station, pseudonym } = officer;
  const { crypto } = station.parts;
  const written =
    said.fields && writeBody({ nonce: crypto.randomBytes(32).toBase64(), fields: said.fields, attachments: [] });
  const body = said.body ?? written;
  const head = writeHead({
    ...headOf(station, said),
    author: { function: 'duty-officer', pseudonym },
    ...(body === undefined ? {} : { body: crypto.sha256Hex(body) }),
  });
  const id = crypto.sha256Hex(head) as ActId;
  const signed = [officer, ...(said.with ?? [])].map((signer) => approvalBy(signer, id));
  return { head, body, signed, id };
}

function approvalBy({ key, station: { parts, relation } }: TestOfficer, id: ActId): Signed {
  const context = { rpId: `${relation.own}.example`, origin: `https://${relation.own}.example`, counter: 0 };
  const approval = writeApproval(approveByKeyFile(parts.crypto, key, context, [id]));
  return { approval, key: parts.crypto.sha256Hex(publicKeyOfFile(parts.crypto, key)) as ActId };
}

function headOf({ parts, relation }: TestStation, said: Said): Head {
  const [track, name] = said.type.split('/');
  const type = tracks.find((one) => one.name === track)?.acts.find((act) => act.name === name);
  return {
    v: 1,
    type: said.type,
    trackVersion: said.trackVersion ?? 1,
    from: relation.own,
    to: relation.counterpart,
    relation: relation.name,
    accord: relation.authority.accord(relation.own).hash,
    dossier: said.dossier,
    basis: [],
    handling: { codes: said.codes ?? (said.dossier === relationDossier ? [] : ['H0']) },
    inputs: said.inputs ?? {},
    gates: (type?.gates ?? []).map((gate) => ({
      gate,
      result: 'passed',
      reasoning: parts.crypto.sha256Hex(parts.crypto.randomBytes(8)),
    })),
    ...(type?.transfers ? { legalBasis: 'SAFE-37b' as const } : {}),
    ...(said.leaves === undefined ? {} : { leaves: said.leaves }),
    ...(said.floor === undefined ? {} : { floor: said.floor }),
    author: { function: 'duty-officer', pseudonym: '' },
  };
}

async function wait(
  station: TestStation,
  head: Uint8Array,
  body: Uint8Array | undefined,
  signed: readonly Signed[],
  dossier: DossierId,
): Promise<void> {
  const { parts, relation } = station;
  await transact(parts.database, async (transaction) => {
    const signatures = await keep(station, transaction, relation.number, signed);
    await putIntoOutbox(transaction, relation.number, [
      {
        urgency: 0,
        act: parts.crypto.sha256(head),
        dossier: Buffer.from(dossier, 'hex'),
        notAfter: undefined,
        authorised: parts.clock.now(),
        envelope: writeEnvelope(head, signatures),
        body,
      },
    ]);
  });
}

async function keep(
  { relation }: TestStation,
  transaction: Transaction,
  number: number,
  signed: readonly Signed[],
): Promise<{ key: ActId; approval: ActId }[]> {
  const signatures = signed.map(({ approval, key }) => ({
    key,
    approval: relation.authority.addApproval(approval) as ActId,
    bytes: approval,
  }));
  await keepApprovals(transaction, number, new Map(signatures.map(({ approval, bytes }) => [approval, bytes])));
  return signatures.map(({ key, approval }) => ({ key, approval }));
}

export function instantText(station: TestStation): string {
  return writeInstant(station.parts.clock.now());
}
