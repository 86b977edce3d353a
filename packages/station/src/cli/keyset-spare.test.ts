import assert from 'node:assert/strict';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Workplace } from './command-line.fixtures.ts';

let place: Workplace;
const of = (home: string): readonly string[] => ['--home', home, '--relation', 'fr-ma'];
const path = (...parts: readonly string[]): string => join(place.folder, ...parts);
const carryBoth = (): void => {
  place.carry('fr', 'ma');
  place.carry('ma', 'fr');
};

before(async () => {
  place = await Workplace.make('fr', 'ma');
  place.found();
  place.enrol('fr', 'A. Martin');
  carryBoth();
});
after(() => place.close());

test('once the spare keyset is used up a new one is agreed on in the channel, put in force, and verified in an export', async () => {
  const use = ['keyset', 'use-spare', ...of('fr'), '--yes', '--out', 'spare.notice'];
  place.done(use);
  place.done(['notice', 'accept', ...of('ma'), 'spare.notice', '--yes']);
  carryBoth();

  const { keyset } = place.done(['keyset', 'spare', ...of('fr'), '--out', 'draft.json']);
  const amend = ['accord', 'amend', ...of('fr'), '--accord', 'draft.json', '--yes'];
  const { act } = place.done(amend);
  place.carry('fr', 'ma');
  place.done(['accord', 'accept', ...of('ma'), String(act), '--yes']);
  place.carry('ma', 'fr');
  place.enrol('fr', 'Under the new accord');
  carryBoth();

  assert.equal(place.done(use)['keyset'], keyset);
  place.done(['notice', 'accept', ...of('ma'), 'spare.notice', '--yes']);
  place.enrol('fr', 'Under the new keyset');
  carryBoth();
  carryBoth();
  place.done(['export', 'channel', ...of('ma'), 'exported']);
  const verified = place.done(['verify', 'exported', '--signatures']) as unknown as Verified;
  assert.equal(verified.accords.length, 2);
  for (const { signatures } of verified.channels)
    assert.deepEqual([signatures.failed, signatures.otherAccord, signatures.verified > 0], [0, 0, true]);
});

test('an exported folder whose chain of accords was changed is refused', async () => {
  const change = await readFile(path('exported/accords/2.json'), 'utf8');
  const [, index] = /"acceptance":\{.*?"index":(\d+)/.exec(change) ?? [];
  const swapped = change.replace(/"acceptance":(\{.*?\}),"accord":(.*),"proposal":(\{.*\}),"v"/s, withoutAcceptance);
  const changed: readonly (readonly [what: string, code: string, file: string | undefined])[] = [
    ['left out, its spare keyset is nobody’s', 'keyset-malformed', undefined],
    ['other bytes', 'accord-not-signed', change.replace('\\"backupDays\\":', '\\"backupDays\\":1')],
    ['another place', 'accord-not-signed', change.replace(`"index":${index}`, `"index":${Number(index) + 1}`)],
    ['the proposal for its acceptance', 'accord-not-signed', swapped],
  ];
  for (const [what, code, file] of changed) {
    await cp(path('exported'), path('changed'), { recursive: true });
    if (file === undefined) await rm(path('changed/accords/2.json'));
    else {
      assert.notEqual(file, change, what);
      await writeFile(path('changed/accords/2.json'), file);
    }
    const { status, out, error } = place.run(['verify', 'changed', '--signatures', '--json']);
    assert.deepEqual([status, (JSON.parse(out || error) as { readonly code?: string }).code], [1, code], what);
    await rm(path('changed'), { recursive: true });
  }
});

function withoutAcceptance(_: string, __: string, accord: string, proposal: string): string {
  return `"acceptance":${proposal},"accord":${accord},"proposal":${proposal},"v"`;
}

interface Verified {
  readonly accords: readonly string[];
  readonly channels: readonly {
    readonly signatures: { readonly verified: number; readonly failed: number; readonly otherAccord: number };
  }[];
}
