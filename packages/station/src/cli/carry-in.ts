import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Refusal } from '@entente/protocol';
import { type CarriedIn, carryIn } from '../exchange/carry-in.ts';
import type { Command, Outcome } from './command.ts';
import { custodyOf } from './custody-of.ts';
import { readNamed } from './home.ts';
import { openStation, relationNamed } from './open-station.ts';
import type { Terminal } from './terminal.ts';

/** Takes a stick in. */
export const carryInCommand: Command = {
  name: 'carry in',
  summary: 'Take in a stick from the counterpart: every parcel is verified as if it had come over the link',
  operands: 'FILE',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    identity: { value: 'FILE', describe: 'our offline identity; else NAME.identity in the root folder' },
  },
  examples: [
    'carry in --relation fr-ma /media/stick/fr-to-ma.age',
    'carry in --relation fr-ma --root /media/safe fr-to-ma.age',
  ],
  async run(input, context): Promise<Outcome> {
    const { home, databaseUrl, terminal } = context;
    const name = input.relation();
    const file = input.operand(0, 'FILE');
    const identity = await readIdentity(input.optional('identity') ?? `${home.rootFolder}/${name}.identity`);
    const { parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const relation = relationNamed(relations, name);
      const custody = await custodyOf(context, parts, relations);
      const source = await readFileShown(file, 'reading', terminal);
      const carried = await carryIn({ parts, relation, custody, identity, source });
      const notices = noticesText(carried);
      if (carried.caughtUp !== undefined) {
        const next = carried.caughtUp
          ? 'Our channel goes on.'
          : 'More is to come: entente doctor says what to ask for now.';
        const text = `${notices}Both channels were taken back as far as the stick had them. ${next}`;
        return { text, json: { ...carried } };
      }
      const text = `${notices}${carried.parcels} parcels, ${carried.fresh} new entries, ${carried.attachments} attachments; ${relation.counterpart}’s channel stands at ${carried.have}. Next: entente carry out, for the receipt.`;
      return { text, json: { ...carried } };
    } finally {
      await close();
    }
  },
};

/** What a root said changes what everything after it is held to: nobody should overlook it. */
function noticesText({ notices, refused }: CarriedIn): string {
  const taken = notices === 0 ? '' : `${notices} notices of a root were taken in. `;
  return refused.length === 0 ? taken : `${taken}${refused.length} notices were refused (${refused.join(', ')}). `;
}

/** An age identity file: comments and one key. */
export async function readIdentity(path: string): Promise<string> {
  const lines = new TextDecoder().decode(await readNamed(path)).split('\n');
  return lines.find((line) => line.startsWith('AGE-SECRET-KEY-'))?.trim() ?? '';
}

/** A named file's bytes, with a progress bar. @throws Refusal `usage` where it cannot be read */
export async function readFileShown(
  path: string,
  what: string,
  terminal: Terminal,
): Promise<AsyncIterable<Uint8Array>> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Refusal('usage', { what: path }, { cause });
  });
  return shown(path, found.size, what, terminal);
}

async function* shown(
  path: string,
  size: number,
  what: string,
  terminal: Terminal,
): AsyncGenerator<Uint8Array, void, undefined> {
  let done = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    yield bytes;
    done += bytes.length;
    terminal.progress(what, done, size);
  }
}
