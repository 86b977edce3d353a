import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type ActId,
  canonicalJson,
  type DossierId,
  hashDigest,
  type Json,
  type JsonObject,
  Refusal,
  type RelationDigest,
} from '@entente/protocol';
import fc from 'fast-check';
import { digestAt } from '../../packages/station/src/dossiers/digest-at.ts';
import { foldDossiers } from '../../packages/station/src/dossiers/fold-dossiers.ts';
import { acceptParcel } from '../../packages/station/src/exchange/accept-parcel.ts';
import { transact } from '../../packages/station/src/store/database.ts';
import { readFoldedMark, readHeldChannels, type Sizes } from '../../packages/station/src/store/folding.ts';
import { type TwoDesks, twoDesks } from '../support/folding.fixtures.ts';
import {
  information,
  instantText,
  level,
  newDossier,
  parcelFor,
  request,
  says,
  stateOf,
} from '../support/says.fixtures.ts';

type Side = 'fr' | 'ma';
type Step =
  | { readonly kind: 'say'; readonly by: Side; readonly dossier: number; readonly what: string; readonly of: number }
  | { readonly kind: 'make' | 'fold'; readonly by: Side }
  | { readonly kind: 'deliver'; readonly parcel: number };

const whats = [
  'request',
  'spontaneous',
  'taken-in-charge',
  'partial-answer',
  'answer',
  'refusal',
  'clarification-asked',
  'clarification-given',
  'withdrawal',
  'closing',
  'reopening',
  'note',
  'acknowledge',
  'recall',
  'narrow',
  'erase',
] as const;
const side = fc.constantFrom<Side>('fr', 'ma');
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('say' as const),
        by: side,
        dossier: fc.nat(1),
        what: fc.constantFrom(...whats),
        of: fc.nat(9),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('make' as const, 'fold' as const), by: side }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('deliver' as const), parcel: fc.nat(9) }) },
  ),
  { minLength: 8, maxLength: 24 },
);

let desks: TwoDesks;
before(async () => (desks = await twoDesks()));
after(() => desks.close());

test('whatever the order and repetition of deliveries, both stations fold the same cut to the same bytes', async () => {
  await fc.assert(fc.asyncProperty(steps, runAndCompare), { numRuns: Number(process.env['ENTENTE_RUNS'] ?? 25) });
});

async function runAndCompare(run: readonly Step[]): Promise<void> {
  const { fr, ma } = desks;
  const dossiers = [newDossier(fr), newDossier(fr)];
  const cuts: { readonly by: Side; readonly cut: Sizes; readonly digest: string }[] = [];
  const parcels: { readonly to: Side; readonly sealed: Uint8Array }[] = [];
  const opening: Step[] = dossiers.map((_, dossier) => ({ kind: 'say', by: 'fr', dossier, what: 'request', of: 0 }));
  for (const step of [...opening, ...run]) {
    if (step.kind === 'say') await say(step, dossiers[step.dossier] ?? newDossier(fr));
    else if (step.kind === 'deliver') await deliver(parcels[step.parcel % Math.max(1, parcels.length)]);
    else if (step.kind === 'make') {
      const to = step.by === 'fr' ? 'ma' : 'fr';
      const sealed = await parcelFor(desks[step.by], desks[to]);
      if (sealed !== undefined) parcels.push({ to, sealed });
    } else cuts.push(await foldAndMark(step.by));
  }
  await level(fr, ma);
  for (const parcel of parcels) await deliver(parcel);
  await desks.fold();
  for (const dossier of dossiers) {
    const [ours, theirs] = [await stateOf(fr, dossier), await stateOf(ma, dossier)];
    assert.ok(ours !== undefined);
    assert.equal(canonicalJson(ours as unknown as Json), canonicalJson(theirs as unknown as Json));
  }
  for (const { by, cut, digest } of [...cuts, await foldAndMark('fr')]) {
    const mirrored = { own: cut.theirs, theirs: cut.own };
    assert.equal(await digestOf('fr', by === 'fr' ? cut : mirrored), digest);
    assert.equal(await digestOf('ma', by === 'ma' ? cut : mirrored), digest);
  }
}

/** An act by an officer who looks at what is folded at their side; often one that does not fit. */
async function say({ by, what, of }: Extract<Step, { kind: 'say' }>, dossier: DossierId): Promise<void> {
  const station = desks[by];
  const state = await stateOf(station, dossier);
  const { rows } = await station.parts.database.query<{ act: ActId }>(
    `select encode(act, 'hex') as act from entry where dossier = decode($1, 'hex') order by rank, act`,
    [dossier],
  );
  const named = rows[of % Math.max(1, rows.length)]?.act;
  const inputs: Record<string, JsonObject> = {
    request,
    spontaneous: information,
    'taken-in-charge': { at: instantText(station) },
    refusal: { ground: 'R1' },
    withdrawal: { withdrawalReason: 'sent-in-error' },
    closing: { closingReason: 'no-follow-up' },
    reopening: { reopeningReason: 'new-facts' },
    recall: { of: named ?? '', ground: 'error' },
    narrow: { of: named ?? '', codes: ['H1', 'H2'] },
    erase: { of: named ?? '', ground: 'data-subject' },
  };
  const leaves = state?.since;
  await says(desks.officers[by], {
    type: `leads/${what}`,
    dossier,
    inputs: inputs[what] ?? {},
    ...(leaves === undefined || named === undefined ? {} : { leaves }),
    ...(what === 'note' ? { fields: {} } : {}),
  });
}

async function deliver(parcel: { readonly to: Side; readonly sealed: Uint8Array } | undefined): Promise<void> {
  if (parcel === undefined) return;
  const { parts, relation } = desks[parcel.to];
  try {
    await acceptParcel(parts, relation, parcel.sealed);
  } catch (error) {
    // One that comes before the parcel it follows is sent again later.
    if (!(error instanceof Refusal) || error.code !== 'gap') throw error;
  }
}

async function foldAndMark(by: Side): Promise<{ by: Side; cut: Sizes; digest: string }> {
  const { parts } = desks[by];
  await foldDossiers(parts, desks.foldings[by]);
  const mark = await readFoldedMark(parts.database, 1);
  assert.ok(mark !== undefined);
  return { by, cut: mark.covered, digest: hexOf(by, mark.digest) };
}

async function digestOf(by: Side, cut: Sizes): Promise<string> {
  const { parts } = desks[by];
  return transact(parts.database, async (transaction) => {
    const mark = await readFoldedMark(transaction, 1);
    assert.ok(mark !== undefined);
    const channels = await readHeldChannels(transaction, 1);
    return hexOf(by, await digestAt(transaction, desks.foldings[by], channels, mark, cut));
  });
}

function hexOf(by: Side, digest: RelationDigest): string {
  return Buffer.from(hashDigest(digest, (bytes) => desks[by].parts.crypto.sha256(bytes))).toString('hex');
}
