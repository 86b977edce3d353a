import { type ActId, Refusal, type RelationId } from '@entente/protocol';
import { evidenceArchive } from '../custody/evidence-archive.ts';
import { readContent } from '../store/read-content.ts';
import type { Command, Outcome } from './command.ts';
import { writePrivate } from './home.ts';
import type { Input } from './input.ts';
import { type OpenStation, openStation, relationNamed } from './open-station.ts';

/** Writes the evidence of one act as a tar that a third party can check. */
export const exportEvidence: Command = {
  name: 'export evidence',
  summary: 'Write the evidence of one act: who authorised it, that it was logged and held; checkable without a station',
  operands: 'ACT',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    out: { value: 'FILE', describe: 'the tar file (evidence-ACT.tar)' },
    body: { describe: 'with the content of the act: a disclosure, logged' },
    purpose: { value: 'TEXT', describe: 'with --body: why' },
    to: { value: 'TEXT', describe: 'with --body: for whom' },
    acknowledge: { describe: 'with --body: the restriction of code H3 was read' },
  },
  examples: [
    'export evidence --relation fr-ma 5f0c… --out evidence.tar',
    'export evidence --relation fr-ma 5f0c… --body --purpose "case 12/2026" --to "Court of appeal"',
  ],
  async run(input, context): Promise<Outcome> {
    const act = input.act(0);
    const name = input.relation();
    const out = input.optional('out') ?? `evidence-${act.slice(0, 12)}.tar`;
    const opened = await openStation(context.home, context.databaseUrl);
    try {
      const relation = relationNamed(opened.relations, name);
      const body = input.flag('body') ? await bodyOf(input, opened, name, act) : undefined;
      const pieces: Uint8Array[] = [];
      for await (const piece of await evidenceArchive(opened.parts, relation, act, body)) pieces.push(piece);
      await writePrivate(out, Buffer.concat(pieces));
      const text = `${out}: check it with entente verify ${out} and the fingerprints of both roots.`;
      return { text, json: { file: out, act } };
    } finally {
      await opened.close();
    }
  },
};

/** Content leaves the store through the one function that logs it. */
async function bodyOf(
  input: Input,
  { parts, records }: OpenStation,
  name: RelationId,
  act: ActId,
): Promise<Uint8Array | undefined> {
  const record = records.find((one) => one.name === name);
  if (record === undefined) throw new Refusal('relation-unknown', { what: name });
  const purpose = input.required('purpose');
  const time = parts.clock.now();
  const day = new Date(time).toISOString().slice(0, 10);
  const reader = { caller: undefined, time, day, purpose, acknowledged: input.flag('acknowledge') };
  const disclosure = { use: 'judicial-file', to: input.required('to'), justification: purpose } as const;
  return (await readContent(parts.database, parts.crypto, record, act, reader, disclosure)).bodyBytes;
}
