import { Refusal } from '@entente/protocol';
import { houseSigner, signedSize, signHouse } from '../custody/sign-house.ts';
import { readHouseHead } from '../store/house-log.ts';
import type { Command, Outcome } from './command.ts';
import { openStation } from './open-station.ts';

/** Shows the house log's signed head: an auditor who notes it down sees later whether anything before it was changed. */
export const houseHead: Command = {
  name: 'house head',
  summary: 'Show the signed head of the house log, of all it holds now: a C2SP checkpoint, for auditors to keep',
  options: {},
  examples: ['house head', 'house head > house-2026-11-23.txt'],
  async run(_input, { home, databaseUrl }): Promise<Outcome> {
    const { station, parts, close } = await openStation(home, databaseUrl);
    try {
      await signHouse(parts, await houseSigner(parts, home.keystore, station.party));
      const { root, note } = await readHouseHead(parts.database);
      if (note === undefined) throw new Refusal('usage', { what: 'nothing stands in the house log yet' });
      return { text: note.trimEnd(), json: { size: signedSize(note), root: Buffer.from(root).toString('hex'), note } };
    } finally {
      await close();
    }
  },
};
