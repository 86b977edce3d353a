import { Refusal } from '@entente/protocol';
import { transact } from '../store/database.ts';
import { livingKeys, revokeOfficerKey } from '../store/officer-keys.ts';
import { listOfficers, revokeOfficer } from '../store/officers.ts';
import { sayByAdministration } from '../release/administration-act.ts';
import type { Command, Outcome } from './command.ts';
import { openStation } from './open-station.ts';

const reasons = ['left', 'lost', 'replaced', 'compromised'];

/** Ends an officer's keys in every channel; the officer too, unless only the key is to be replaced. */
export const officerRevoke: Command = {
  name: 'officer revoke',
  summary: 'Revoke an officer’s signing keys in every relation, and the officer',
  operands: 'NAME',
  options: {
    reason: { value: 'REASON', describe: `${reasons.join(', ')} (left); lost and replaced keep the officer` },
  },
  examples: ['officer revoke "A. Martin" --reason left', 'officer revoke "A. Martin" --reason lost'],
  async run(input, { home, databaseUrl }): Promise<Outcome> {
    const name = input.operand(0, 'NAME');
    const reason = input.optional('reason') ?? 'left';
    if (!reasons.includes(reason)) throw new Refusal('usage', { what: `--reason: ${reasons.join(', ')}` });
    const { parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const { crypto, database, clock } = parts;
      const officer = (await listOfficers(database)).find((one) => one.name === name && one.revoked === null);
      if (officer === undefined) throw new Refusal('officer-unknown', { what: name });
      const acts: string[] = [];
      for (const { relation: number, key } of await livingKeys(database, officer.officer)) {
        const relation = relations.find((one) => one.number === number);
        if (relation === undefined) continue;
        acts.push(await sayByAdministration(parts, relation, 'officer-revoke', { key, reason }));
        await revokeOfficerKey(database, number, key, clock.now());
      }
      const leaves = reason === 'left' || reason === 'compromised';
      if (leaves) {
        await transact(database, (transaction) =>
          revokeOfficer(transaction, crypto, clock.now(), officer.officer, undefined),
        );
      }
      const text = `${acts.length} keys of ${name} are revoked${leaves ? ', and the officer' : '; enrol a new one with entente officer enrol'}.`;
      return { text, json: { officer: officer.officer, acts, left: leaves } };
    } finally {
      await close();
    }
  },
};
