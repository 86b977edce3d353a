import { type Instant } from '@entente/protocol';
import { type DeclaredTrack, tracks } from '@entente/tracks';
import type { Parts, Relation } from '../custody/relation.ts';
import { raiseAlarm } from '../store/alarms.ts';
import { type DossierDue, keepNextStep, keepToldStep, lockNextDue } from '../store/clock-steps.ts';
import { type Transaction, transact } from '../store/database.ts';
import { tellEvent } from '../store/events.ts';
import { type DueStep, dueSteps } from './clock-steps.ts';
import { readRuns } from './read-clocks.ts';
import { isOpen } from './read-run.ts';

/**
 * Tells of every step of running clocks that is due by now: each once, in the transaction that writes down that it was
 * told, over any number of processes and restarts. That a clock has run out changes no state (PROTOCOL §3.5).
 * @returns how many steps were told
 */
export async function reachClocks(parts: Parts, relation: Relation): Promise<number> {
  let told = 0;
  for (;;) {
    const now = parts.clock.now();
    const one = await transact(parts.database, async (transaction) => {
      const due = await lockNextDue(transaction, relation.number, now);
      return due && reachDossier(parts, relation, transaction, due, now);
    });
    if (one === undefined) return told;
    told += one;
  }
}

async function reachDossier(
  parts: Parts,
  relation: Relation,
  transaction: Transaction,
  { dossier, folded }: DossierDue,
  now: Instant,
): Promise<number> {
  const track = tracks.find(({ name, version }) => name === folded.track && version === folded.trackVersion);
  const runs = folded.clocks.filter(isOpen);
  const read = track === undefined ? [] : await readRuns(transaction, parts.crypto, relation, runs, now);
  const steps = track === undefined ? [] : read.flatMap(({ run, reading }) => dueSteps(track, run, reading));
  let told = 0;
  for (const step of steps.filter(({ due }) => due <= now)) {
    const { name, due } = step;
    const trigger = step.run.trigger;
    if (!(await keepToldStep(transaction, relation.number, dossier, { trigger, name, due }, now))) continue;
    told += 1;
    if (track !== undefined) await tellStep(relation, transaction, dossier, track, step, now);
  }
  const later = steps.filter(({ due }) => due > now).map(({ due }) => due);
  await keepNextStep(transaction, relation.number, dossier, later.length === 0 ? undefined : least(later));
  return told;
}

async function tellStep(
  relation: Relation,
  transaction: Transaction,
  dossier: DossierDue['dossier'],
  track: DeclaredTrack,
  { name, run, part, to, due }: DueStep,
  now: Instant,
): Promise<void> {
  const expiry = relation.authority.accord(relation.own).accord.clocks[run.clock]?.onExpiry;
  if (expiry === 'escalate' && part >= 1) {
    const what = `dossier ${dossier}: ${name}`;
    await raiseAlarm(transaction, {
      relation: relation.number,
      time: now,
      kind: 'nobody-in-charge',
      what,
      proof: undefined,
    });
  }
  await tellEvent(transaction, relation.number, 'clock-reached', {
    dossier,
    track: track.name,
    clock: run.clock,
    step: name,
    due,
    expired: part >= 1,
    ...(to === undefined ? {} : { to }),
  });
}

function least(instants: readonly Instant[]): Instant {
  return Math.min(...instants) as Instant;
}
