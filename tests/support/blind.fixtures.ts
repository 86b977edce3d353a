import { join } from 'node:path';
import type { Identity } from '@entente/matching';
import type { BlindTerms, PartyId } from '@entente/protocol';
import { Keystore } from '../../packages/station/src/adapters/keystore.ts';
import { openLog } from '../../packages/station/src/adapters/log.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { sodiumGroup } from '../../packages/station/src/adapters/sodium-group.ts';
import type { BlindStation } from '../../packages/station/src/blind/blind-station.ts';
import { type CheckWanted, prepareCheck } from '../../packages/station/src/blind/prepare-check.ts';
import { publishSet } from '../../packages/station/src/blind/publish-set.ts';
import { makeBlindKey } from '../../packages/station/src/blind/rotate-key.ts';
import { seedsOf } from '../../packages/station/src/custody/found-relation.ts';
import { acceptAccordChange, proposeAccordChange, readProposals } from '../../packages/station/src/release/root-act.ts';
import type { ActPrepared } from '../../packages/station/src/release/prepare-acts.ts';
import { type BlindCheck, readCheck } from '../../packages/station/src/store/blind-checks.ts';
import { listBlindSets } from '../../packages/station/src/store/blind.ts';
import { type BlindLoop, startBlindLoop } from '../../packages/station/src/timers/blind-loop.ts';
import { type Pair, type PairTerms, type Running, runningPair } from '../faults/running-pair.fixtures.ts';
import { authorise, enrol, type TestOfficer } from './officers.fixtures.ts';

export const purpose = 'leads/investigation';

export interface BlindSide extends Running {
  readonly blind: BlindStation;
  readonly officer: TestOfficer;
  /** Its station takes in no blind acts any more: a test says what it likes in its name. */
  fallSilent(): Promise<void>;
}

/** Two stations that run, exchange and answer blind checks under an accord that allows them. */
export interface BlindPair {
  readonly fr: BlindSide;
  readonly ma: BlindSide;
  readonly pair: Pair;
  close(): Promise<void>;
}

export const person = (name: string, birth = '1984-03-12'): Identity => ({ names: [name], births: [birth] });

/** @param terms what the accord says otherwise than: 8 elements, 5 a day, 8 a month, sets for 30 days */
export async function blindPair(
  terms: Partial<BlindTerms> = {},
  road: PairTerms['road'] = 'fr-dials',
): Promise<BlindPair> {
  const pair = await runningPair({ road });
  await pair.ma.start();
  await pair.fr.start();
  const [fr, ma] = [await sideOf(pair.fr), await sideOf(pair.ma)];
  await allow(fr, ma, terms);
  return {
    fr,
    ma,
    pair,
    close: async () => {
      await Promise.all([fr, ma].map((side) => side.fallSilent()));
      await pair.close();
    },
  };
}

async function sideOf(running: Running): Promise<BlindSide> {
  const { parts, custody, folder, relation } = running;
  const keystore = new Keystore(join(folder, 'keys'), nodeCrypto);
  const blind: BlindStation = { parts, custody, keystore, group: await sodiumGroup() };
  const officer = await enrol({ parts, relation }, `o-${relation.own}`);
  const loop: BlindLoop = startBlindLoop(blind, [relation], openLog('error'));
  return { ...running, blind, officer, fallSilent: () => loop.stop() };
}

/** Both roots put an accord with blind checks in place of the one in force. */
async function allow(fr: BlindSide, ma: BlindSide, terms: Partial<BlindTerms>): Promise<void> {
  const keys = [];
  for (const { blind, relation } of [fr, ma]) {
    const key = await makeBlindKey(blind, relation.name, purpose, 1);
    keys.push({ party: relation.own, epoch: 1, key: key.toBase64() });
  }
  const agreed: BlindTerms = {
    purpose,
    keys,
    elements: 8,
    queriesPerDay: 5,
    queriesPerMonth: 8,
    setDays: 30,
    ...terms,
  };
  const { accord } = fr.relation.authority.accord(fr.relation.own);
  const { previous: _, ...change } = { ...accord, blind: [agreed] };
  await proposeAccordChange(fr.parts, fr.relation, seedsOf(fr.root.present), change);
  const proposal = await until(async () => (await readProposals(ma.parts, ma.relation))[0], 'a proposal');
  await acceptAccordChange(ma.parts, ma.relation, seedsOf(ma.root.present), proposal);
  const inForce = (side: BlindSide, party: PartyId): boolean | undefined =>
    side.relation.authority.accord(party).accord.blind === undefined ? undefined : true;
  await until(async () => {
    await readProposals(fr.parts, fr.relation);
    return inForce(fr, fr.relation.own);
  }, 'the accord in force');
}

/** Publishes a set and waits until the counterpart holds its table. */
export async function publish(from: BlindSide, to: BlindSide, identities: readonly Identity[]): Promise<string> {
  async function* each(): AsyncGenerator<Identity, void, undefined> {
    yield* identities;
  }
  const { act } = await publishSet(from.blind, from.relation, purpose, each());
  await until(async () => {
    const sets = await listBlindSets(to.parts.database, to.relation.number, false, purpose);
    return sets.find((set) => set.act === act)?.holds;
  }, `the table of set ${act}`);
  return act;
}

/** An officer prepares and signs a check. */
export async function ask(
  side: BlindSide,
  identity: Identity,
  wanted: Partial<CheckWanted> = {},
): Promise<ActPrepared> {
  const author = { officer: 1, function: side.officer.function, pseudonym: side.officer.pseudonym };
  const check = { purpose, legalBasis: 'SAFE-37b', identity, ...wanted } as const;
  const prepared = await prepareCheck(side.blind, side.relation, author, check);
  await authorise([side.officer], [prepared]);
  return prepared;
}

/** Waits until a check is settled. */
export function settled(side: BlindSide, act: ActPrepared['act']): Promise<BlindCheck> {
  return until(async () => {
    const check = await readCheck(side.parts.database, side.relation.number, act);
    return check?.state === 'asked' ? undefined : check;
  }, `the outcome of ${act}`);
}

/** Asks, and waits for the outcome. */
export async function check(side: BlindSide, identity: Identity): Promise<BlindCheck> {
  return settled(side, (await ask(side, identity)).act);
}

export async function until<Value>(look: () => Promise<Value | undefined>, what: string): Promise<Value> {
  for (const end = performance.now() + 60_000; performance.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what} did not come`);
}
