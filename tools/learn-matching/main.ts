// Learns what packages/matching/src/learned holds, from a folder laid out like the names data:
//   node tools/run.cjs tools/learn-matching/main.ts --data FOLDER
// Deterministic; takes about two minutes. Each step imports what the one before wrote.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readData } from './data.ts';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) throw new Error('usage: learn-matching --data FOLDER');
const data = readData(values.data);
const learned = (file: string): string => join(import.meta.dirname, '../../packages/matching/src/learned', file);

const { learnSpelling } = await import('./learn-spelling.ts');
learnSpelling(data.tokens, learned('edits.ts'));

const { learnRarity } = await import('./learn-rarity.ts');
learnRarity(
  [...data.index, ...data.distractors].map((row) => row['name'] ?? ''),
  learned('rarity.ts'),
);

const { learnScores } = await import('./learn-scores.ts');
const unseenEvidence = learnScores(data, learned('name-model.ts'), learned('births.ts'));

const { learnStanding } = await import('./learn-standing.ts');
await learnStanding(values.data, unseenEvidence, learned('standing.ts'));
