import { auditTranscript } from '../blind/audit-transcript.ts';
import { openCheck, proveIdentity } from '../blind/open-check.ts';
import { readTranscript, writeTranscript } from '../blind/transcript.ts';
import { refreshRegisters } from '../blind/agreed-terms.ts';
import { relationOption, withBlind } from './blind-station.ts';
import { readIdentity } from './carry-in.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed, writePrivate } from './home.ts';

/** The asking house's inspector opens one check. */
export const blindOpen: Command = {
  name: 'blind open',
  summary: 'Open one of our checks for audit, with the offline identity: it tells both inspectors whom it was about',
  operands: 'ACT',
  options: {
    relation: relationOption,
    identity: { value: 'FILE', describe: 'our offline identity; else NAME.identity in the root folder' },
    out: { value: 'FILE', describe: 'where to write the transcript (ACT.transcript.json)' },
  },
  examples: ['blind open 51bcce84… --root /media/safe --out check.json'],
  run: (input, context): Promise<Outcome> =>
    withBlind(input, context, async ({ relation }, station) => {
      const act = input.act(0);
      const path = input.optional('identity') ?? `${context.home.rootFolder}/${relation.name}.identity`;
      const transcript = await openCheck(station, relation, act, await readIdentity(path));
      const out = input.optional('out') ?? `${act.slice(0, 16)}.transcript.json`;
      await writePrivate(out, writeTranscript(transcript));
      return { text: `${out}: give it to both inspectors, and: entente blind audit ${out}`, json: { file: out, act } };
    }),
};

/** The answering house's inspector shows whether a person stood in a set. */
export const blindProve: Command = {
  name: 'blind prove',
  summary: 'Show whether a person stood in one of our sets, without opening its key',
  operands: 'SET NAME…',
  options: {
    relation: relationOption,
    birth: { value: 'DATE', multiple: true, describe: 'date of birth, or the year where the names are rare' },
    out: { value: 'FILE', describe: 'where to write the transcript (SET.transcript.json)' },
  },
  examples: ['blind prove 51bcce84… "Abderrahmane El Fassi" --birth 1984-03-12 --out shown.json'],
  run: (input, context): Promise<Outcome> =>
    withBlind(input, context, async ({ relation }, station) => {
      const act = input.act(0);
      const identity = { names: input.operands.slice(1), births: input.list('birth') };
      const transcript = await proveIdentity(station, relation, act, identity);
      const out = input.optional('out') ?? `${act.slice(0, 16)}.transcript.json`;
      await writePrivate(out, writeTranscript(transcript));
      return { text: `${out}: entente blind audit ${out}`, json: { file: out, set: act } };
    }),
};

/** Either house holds a transcript against its own channels. */
export const blindAudit: Command = {
  name: 'blind audit',
  summary: 'Hold a transcript against the channels of this station: whose key, which elements, which table, hit or not',
  operands: 'FILE',
  options: { relation: relationOption },
  examples: ['blind audit check.json', 'blind audit --relation fr-ma check.json --json'],
  run: (input, context): Promise<Outcome> =>
    withBlind(input, context, async ({ relation, parts }, station) => {
      await refreshRegisters(parts, relation);
      const transcript = readTranscript(await readNamed(input.operand(0, 'FILE')));
      const finding = await auditTranscript(station, relation, transcript);
      if (finding.kind === 'fails') {
        return { text: `It does not hold: ${finding.why}`, json: { kind: 'fails', why: finding.why }, failed: true };
      }
      const { state, purpose, keys } = finding;
      const lines = keys.map(({ key, found }) => `  ${found ? 'in the set    ' : 'not in the set'}  ${key}`);
      const json = { kind: 'holds', state, purpose, keys: keys.map((one) => ({ ...one })) };
      return { text: [`It holds: ${state} for ${purpose}.`, ...lines].join('\n'), json };
    }),
};
