import type { Role } from '@entente/contract';
import { writeInstant } from '@entente/protocol';
import { transact } from '../store/database.ts';
import {
  type Duty,
  enterOfficer,
  listOfficers,
  type NewOfficer,
  type Officer,
  readRoster,
  revokeOfficer,
  writeRoster,
} from '../store/officers.ts';
import { type Handlers, json, nothing } from './call.ts';
import { readInstantAt } from './drafts.ts';
import type { HttpParts } from './parts.ts';
import { writeMaybe } from './relations.ts';

interface OfficerBody extends Omit<NewOfficer, 'deputy'> {
  readonly roles: readonly Role[];
  readonly deputy?: number;
}

interface DutyBody {
  readonly officer: number;
  readonly from: string;
  readonly until: string;
}

export function officerHandlers({ database, crypto, clock }: HttpParts): Handlers {
  return {
    listOfficers: async () => json({ officers: (await listOfficers(database)).map(writeOfficer) }),
    createOfficer: async ({ caller, body }) => {
      const { deputy, ...officer } = body<OfficerBody>();
      const entered = await transact(database, (transaction) =>
        enterOfficer(transaction, crypto, clock.now(), { ...officer, deputy }, caller),
      );
      return json(writeOfficer(entered));
    },
    revokeOfficer: async ({ caller, parameter }) => {
      const officer = Number(parameter('officer'));
      await transact(database, (transaction) => revokeOfficer(transaction, crypto, clock.now(), officer, caller));
      return nothing;
    },
    readRoster: async ({ parameter }) =>
      json({ duties: (await readRoster(database, parameter('unit'), clock.now())).map(writeDuty) }),
    writeRoster: async ({ caller, parameter, body }) => {
      const unit = parameter('unit');
      const duties = body<{ readonly duties: readonly DutyBody[] }>().duties.map(readDuty);
      const now = clock.now();
      await transact(database, (transaction) => writeRoster(transaction, crypto, now, unit, duties, caller));
      return json({ duties: (await readRoster(database, unit, now)).map(writeDuty) });
    },
  };
}

function writeOfficer({ deputy, revoked, ...officer }: Officer): Readonly<Record<string, unknown>> {
  return { ...officer, deputy: deputy ?? undefined, revoked: writeMaybe(revoked) };
}

function readDuty({ officer, from, until }: DutyBody, at: number): Duty {
  return {
    officer,
    from: readInstantAt(from, `$.duties[${at}].from`),
    until: readInstantAt(until, `$.duties[${at}].until`),
  };
}

function writeDuty({ officer, from, until }: Duty): object {
  return { officer, from: writeInstant(from), until: writeInstant(until) };
}
