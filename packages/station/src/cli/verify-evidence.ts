import { createReadStream } from 'node:fs';
import { type Json, Refusal, type Sha256Hex, writeInstant } from '@entente/protocol';
import { readTar, rootFingerprint, verifyAccord, verifyEvidence, writeSpokenFingerprint } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import type { Outcome } from './command.ts';
import { rootsOfAccord } from './roots-of-accord.ts';
import { evidenceDoubtText } from './verify-doubts.ts';

// What `verifyEvidence` takes at most, and the tar around it.
const largest = 80 * 1024 * 1024;

/**
 * Verifies a tar of evidence and says what it proves and what not. It fails where notices in it put the act or its receipt in
 * doubt: exit code 0 says that it proves something.
 * @throws Refusal naming the file that does not hold
 */
export async function verifyEvidenceFile(path: string, fingerprints: readonly Sha256Hex[]): Promise<Outcome> {
  const files = await readFiles(path);
  const accord = files.get('accord.json');
  if (accord === undefined) throw new Refusal('field-missing', { where: 'accord.json' });
  const roots = rootsOfAccord(accord, fingerprints);
  const evidence = verifyEvidence(nodeCrypto, files, roots);
  const { act, authorised, logged, received, witnessed, doubts, doesNotProve, body } = evidence;
  const named = verifyAccord(nodeCrypto, accord, roots);
  const who = authorised
    .map((one) => (one.kind === 'officer' ? `${one.function} ${one.pseudonym}` : one.kind))
    .join(', ');
  const text = [
    `Act ${act.id} (${act.head.type}, from ${act.head.from} to ${act.head.to})`,
    `  authorised by ${who}`,
    `  logged by ${act.head.from} as entry ${logged.index}, at ${writeInstant(logged.claimedTime)} by its own clock, after ${logged.seen} entries of ${received.by}`,
    `  held by ${received.by} when it logged entry ${received.index}, at ${writeInstant(received.claimedTime)} by its own clock`,
    ...witnessed.map(
      ({ witness, headSize, time }) =>
        `  under a head of ${headSize} entries that the neutral witness ${witness} cosigned, at ${new Date(time * 1000).toISOString()} by its own clock`,
    ),
    `  content: ${body}`,
    ...(doubts.length === 0 ? [] : ['', 'It proves nothing for now.', ...doubts.map(evidenceDoubtText), '']),
    `It does not prove: ${doesNotProve.join(', ')}.`,
    ...(fingerprints.length === 2
      ? []
      : [
          '',
          'It holds if these are the roots; compare them by voice:',
          ...named.roots.map((root) => writeSpokenFingerprint(rootFingerprint(nodeCrypto, root))),
        ]),
  ].join('\n');
  return { text, json: { roots: [...roots], ...evidence } as unknown as Json, failed: doubts.length > 0 };
}

async function readFiles(path: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let size = 0;
  for await (const { name, content } of readTar(createReadStream(path))) {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) {
      size += piece.length;
      if (size > largest) throw new Refusal('too-large', { where: path });
      pieces.push(piece);
    }
    if (files.has(name)) throw new Refusal('tar-malformed', { where: name, what: 'twice' });
    files.set(name, Buffer.concat(pieces));
  }
  return files;
}
