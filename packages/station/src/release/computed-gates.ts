import {
  type ActId,
  canonicalJson,
  type DossierState,
  type GatePassed,
  type Head,
  type Instant,
  isActId,
  type Json,
  readHead,
  writeInstant,
} from '@entente/protocol';
import { handlingInherited, permissionHeld, type Reused } from '@entente/tracks';
import { readEnvelope } from '@entente/wire';
import type { Parts, Relation } from '../custody/relation.ts';
import type { Queryable } from '../store/database.ts';

/** A computed gate that stays shut, and over which item. */
export interface ShutGate {
  readonly gate: string;
  readonly item: string;
  readonly why: string;
}

type ComputedGate = 'handling-inherited' | 'permission-held';
const computed: Readonly<Record<ComputedGate, typeof handlingInherited>> = {
  'handling-inherited': handlingInherited,
  'permission-held': permissionHeld,
};

function isComputedGate(gate: string): gate is ComputedGate {
  return Object.hasOwn(computed, gate);
}

/**
 * Runs the computed gates of an act over everything it takes up, now: when it is drawn up, and again at release
 * (PROTOCOL §1.5). Empty where all open.
 */
export async function checkComputedGates(
  queryable: Queryable,
  relation: Relation,
  gates: readonly string[],
  head: Pick<Head, 'inputs' | 'handling'>,
  now: Instant,
): Promise<readonly ShutGate[]> {
  const asked = gates.filter(isComputedGate);
  const { reuses } = head.inputs;
  if (asked.length === 0 || !Array.isArray(reuses) || reuses.length === 0) return [];
  const reused: Reused[] = [];
  for (const id of reuses) if (isActId(id)) reused.push(await readReused(queryable, relation, id));
  const use = {
    party: relation.own,
    purpose: 'transfer',
    acknowledged: reuses.filter(isActId),
    day: writeInstant(now).slice(0, 10),
  };
  const newAct = { handling: head.handling, to: relation.counterpart };
  return asked.flatMap((gate) =>
    computed[gate](reused, use, newAct).map(({ item, decision }) => ({ gate, item, why: decision.why })),
  );
}

/** What a head says of the computed gates that were found open. */
export function computedGatesPassed({ crypto }: Parts, gates: readonly string[], reuses: Json): readonly GatePassed[] {
  return gates.filter(isComputedGate).map((gate) => {
    const salt = crypto.randomBytes(32).toBase64();
    const reasoning = new TextEncoder().encode(salt + canonicalJson({ gate, reuses }));
    return { gate, result: 'passed', reasoning: crypto.sha256Hex(reasoning) };
  });
}

async function readReused(queryable: Queryable, relation: Relation, id: ActId): Promise<Reused> {
  const { rows } = await queryable.query<{ envelope: Uint8Array; folded: DossierState | null }>(
    `select envelope, folded from entry left join dossier using (relation, dossier)
     where act = $1 and entry.relation = $2 limit 1`,
    [Buffer.from(id, 'hex'), relation.number],
  );
  const row = rows[0];
  const head = row === undefined ? unknownHead(relation) : headOf(row.envelope);
  return { state: row?.folded ?? undefined, item: { id, head } };
}

function headOf(envelope: Uint8Array): Pick<Head, 'from' | 'handling'> {
  return readHead(readEnvelope(envelope).headBytes);
}

/** An item that is not here is nobody's to take up: the strictest codes keep its gates shut. */
function unknownHead({ counterpart }: Relation): Pick<Head, 'from' | 'handling'> {
  return { from: counterpart, handling: { codes: ['H0', 'H1', 'H2', 'H3'] } };
}
