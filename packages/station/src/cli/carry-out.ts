import type { LogSize } from '@entente/protocol';
import { readQuestion } from '../custody/question.ts';
import { answerQuestion } from '../exchange/answer-question.ts';
import { carryOut, noticeFiles } from '../exchange/carry-out.ts';
import type { Command, Outcome } from './command.ts';
import { custodyOf } from './custody-of.ts';
import { writePrivate } from './home.ts';
import { openStation, relationNamed } from './open-station.ts';

/** Writes what the counterpart lacks to a stick. */
export const carryOutCommand: Command = {
  name: 'carry out',
  summary: 'Write everything the counterpart is not known to hold to one sealed file for a stick; needs no network',
  operands: 'FILE',
  options: {
    relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
    answer: { value: 'QUESTION', describe: 'what a restored counterpart asks, as its doctor says: what it lacks' },
    all: { describe: 'the whole channel from its first entry, as for a counterpart that lost everything' },
  },
  examples: [
    'carry out --relation fr-ma /media/stick/fr-to-ma.age',
    'carry out --relation fr-ma --answer 120-300-00112233445566778899aabbccddeeff /media/stick/answer.age',
  ],
  async run(input, context): Promise<Outcome> {
    const { home, databaseUrl, terminal } = context;
    const name = input.relation();
    const file = input.operand(0, 'FILE');
    const { parts, relations, close } = await openStation(home, databaseUrl);
    try {
      const relation = relationNamed(relations, name);
      const question = input.optional('answer');
      if (question !== undefined) {
        const { offline } = relation.theirKeyset.keys;
        const notices = await noticeFiles(parts, relation, true);
        const answer = await answerQuestion(parts, relation, readQuestion(question), offline, undefined, notices);
        await writePrivate(file, answer);
        const text = `${file}: what ${relation.counterpart} asked for, ${answer.length} bytes. It runs: entente carry in`;
        return { text, json: { file, bytes: answer.length } };
      }
      const custody = await custodyOf(context, parts, relations);
      const from = input.flag('all') ? { from: 0 as LogSize } : {};
      const onProgress = (done: number, whole: number): void => terminal.progress('sealing', done, whole);
      const carried = await carryOut({ parts, relation, custody, file, onProgress, ...from });
      const text = [
        `${file}: entries ${carried.from} to ${carried.to} in ${carried.parcels} parcels, ${carried.attachments} attachments, ${carried.notices} notices of our root, ${carried.bytes} bytes.`,
        `Only ${relation.counterpart}’s offline key opens it: entente carry in, or age -d -i KEY | tar -x, sha256sum -c MANIFEST.`,
      ].join('\n');
      return { text, json: { file, ...carried } };
    } finally {
      await close();
    }
  },
};
