import { type JsonObject, readHead } from '@entente/protocol';
import { keysetPayloadType, readDsse, readEnvelope, readKeyset } from '@entente/wire';
import { acceptNotice } from '../custody/accept-notice.ts';
import { type NoticeTaken, readNotice } from '../custody/read-notice.ts';
import { tellRelease } from '../exchange/wake.ts';
import type { Command, Outcome } from './command.ts';
import { readNamed } from './home.ts';
import { withRelation } from './opened-relation.ts';

/** Takes in a root's notice that came by any road. */
export const noticeAccept: Command = {
  name: 'notice accept',
  summary:
    'Take in a notice of the counterpart’s root: a new epoch, a compromise, a keyset; its signatures are verified',
  operands: 'FILE',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    yes: { describe: 'do not ask' },
  },
  examples: ['notice accept --relation fr-ma fr-ma-epoch-2.notice'],
  async run(input, context): Promise<Outcome> {
    const file = input.operand(0, 'FILE');
    const bytes = await readNamed(file);
    return withRelation(input, context, async ({ parts, relation }) => {
      const says = noticeSays(bytes);
      context.terminal.say(
        Object.entries(says)
          .map(([name, value]) => `  ${name.padEnd(10)} ${JSON.stringify(value)}`)
          .join('\n'),
      );
      await context.terminal.confirm('Do we take in this notice?', input.flag('yes'));
      const taken = await acceptNotice(parts, relation, bytes);
      await tellRelease(parts.database, relation.number);
      return { text: takenText[taken], json: { relation: relation.name, taken } };
    });
  },
};

const takenText: Readonly<Record<NoticeTaken, string>> = {
  epoch: 'The next epoch is open here too; entries after the common head were left behind.',
  compromise: 'Entries after the heads it names have no effect until that root confirms them. Ask what was read since.',
  keyset: 'The new keyset is in force.',
  'known-already': 'This notice was taken in before; nothing changed.',
};

/** What it says of itself, before anything in it is verified. */
function noticeSays(bytes: Uint8Array): JsonObject {
  const notice = readNotice(bytes);
  if (notice.kind === 'keyset') {
    const { payload } = readDsse(notice.envelope, keysetPayloadType, 'keyset-malformed', bytes.length);
    const { party, number } = readKeyset(payload);
    return { type: 'keyset', from: party, number };
  }
  const { type, from, inputs } = readHead(readEnvelope(notice.envelope).headBytes);
  return { type, from, ...inputs };
}
