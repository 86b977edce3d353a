import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ActId } from '@entente/protocol';
import { refreshRegisters } from '../../packages/station/src/blind/agreed-terms.ts';
import { auditTranscript, type Finding } from '../../packages/station/src/blind/audit-transcript.ts';
import { openCheck, proveIdentity } from '../../packages/station/src/blind/open-check.ts';
import { readTranscript, type Transcript, writeTranscript } from '../../packages/station/src/blind/transcript.ts';
import { readOpening } from '../../packages/station/src/store/blind-checks.ts';
import { openOpening } from '../../packages/station/src/blind/opening.ts';
import { type BlindPair, type BlindSide, blindPair, check, person, publish } from '../support/blind.fixtures.ts';

let pair: BlindPair;
let set: ActId;
let hit: ActId;
let miss: ActId;
before(async () => {
  pair = await blindPair();
  set = (await publish(pair.ma, pair.fr, [person('Karim Haddad'), person('Lucía Fernández')])) as ActId;
  hit = (await check(pair.fr, person('كريم حداد'))).act;
  miss = (await check(pair.fr, person('Jean-Baptiste Poquelin'))).act;
});
after(() => pair.close());

async function audited(side: BlindSide, transcript: Transcript): Promise<Finding> {
  await refreshRegisters(side.parts, side.relation);
  const read = readTranscript(new TextEncoder().encode(writeTranscript(transcript)));
  return auditTranscript(side.blind, side.relation, read);
}

const opened = (act: ActId): Promise<Transcript> =>
  openCheck(pair.fr.blind, pair.fr.relation, act, pair.fr.offlineIdentity);

test('both inspectors, each by the own station, come to the hit and to the no-hit', async () => {
  for (const [act, state] of [
    [hit, 'hit'],
    [miss, 'no-hit'],
  ] as const) {
    const transcript = await opened(act);
    for (const side of [pair.fr, pair.ma]) {
      const finding = await audited(side, transcript);
      assert.ok(finding.kind === 'holds' && finding.state === state, JSON.stringify(finding));
      assert.ok(finding.keys.length > 0);
    }
  }
});

test('once settled, no key of the station opens whom a check was about', async () => {
  const { fr } = pair;
  const sealed = await readOpening(fr.parts.database, 1, miss);
  assert.ok(sealed !== undefined);
  const { storage } = fr.custody;
  await assert.rejects(openOpening(fr.parts.crypto, fr.blind.group, storage.identity, sealed), /seal-unopenable/);
  for (const { identity } of fr.relation.sealing())
    await assert.rejects(openOpening(fr.parts.crypto, fr.blind.group, identity, sealed), /seal-unopenable/);
});

test('a transcript that names another person, hides a page or shows a page of its own fails, and says why', async () => {
  const { ma } = pair;
  const transcript = await opened(miss);
  const [first, ...rest] = transcript.inputs;
  assert.ok(first !== undefined);
  const input = new TextEncoder().encode('somebody else');
  const forged: readonly (readonly [Transcript, string])[] = [
    [{ ...transcript, inputs: [{ ...first, input }, ...rest] }, 'elements-not-those-asked'],
    [{ ...transcript, inputs: rest }, 'elements-not-those-asked'],
    [{ ...transcript, pages: [] }, 'page-missing'],
    [
      { ...transcript, pages: transcript.pages.map((page) => ({ ...page, page: page.page.toReversed() })) },
      'page-not-of-set',
    ],
    [{ ...transcript, set: hit }, 'act-not-in-channel'],
    [{ ...transcript, shown: { kind: 'check', query: hit, answer: miss } }, 'act-not-in-channel'],
  ];
  for (const [one, why] of forged) assert.deepEqual(await audited(ma, one), { kind: 'fails', why });
});

test('the answering house shows who stood in a set and who did not, and keeps its key', async () => {
  const { fr, ma } = pair;
  for (const [name, state] of [
    ['Kareem Hadad', 'hit'],
    ['Nobody Known', 'no-hit'],
  ] as const) {
    const transcript = await proveIdentity(ma.blind, ma.relation, set, person(name));
    const finding = await audited(fr, transcript);
    assert.ok(finding.kind === 'holds' && finding.state === state, JSON.stringify(finding));
    const text = writeTranscript(transcript);
    const secret = await ma.blind.keystore.readBlind('fr-ma', finding.purpose, 1);
    assert.ok(!text.includes(secret.toBase64()) && !text.includes(secret.toHex()));
    const { shown } = transcript;
    assert.ok(shown.kind === 'identity');
    const other = { ...transcript, shown: { ...shown, evaluated: shown.evaluated.toReversed() } };
    if (shown.evaluated.length > 1)
      assert.deepEqual(await audited(fr, other), { kind: 'fails', why: 'answer-invalid' });
  }
});
