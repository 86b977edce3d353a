import { nodeCrypto } from '../adapters/node-crypto.ts';
import { sodiumGroup } from '../adapters/sodium-group.ts';
import { makeBlindKey, rotateBlindKey } from '../blind/rotate-key.ts';
import { seedsOf } from '../custody/found-relation.ts';
import { blindOptions, withBlind } from './blind-station.ts';
import type { Command, Outcome } from './command.ts';

/** Makes the first key of a purpose, for the accord to name. */
export const blindKey: Command = {
  name: 'blind key',
  summary: 'Make our first key for blind checks of a purpose, and show what the accord is to say of it',
  options: blindOptions,
  examples: ['blind key --relation fr-ma --purpose leads/investigation'],
  async run(input, { home }): Promise<Outcome> {
    const purpose = input.required('purpose');
    const relation = input.relation();
    const station = { keystore: home.keystore, group: await sodiumGroup(), parts: { crypto: nodeCrypto } };
    const key = await makeBlindKey(station, relation, purpose, 1);
    const member = { epoch: 1, key: key.toBase64() };
    const text = [
      `Our key for ${purpose}: ${member.key}`,
      'Put it into the accord’s member blind, in keys, with our party and epoch 1: entente accord amend.',
    ].join('\n');
    return { text, json: { relation, purpose, ...member } };
  },
};

/** Puts the next key in force by our root. */
export const blindRotate: Command = {
  name: 'blind rotate',
  summary: 'Replace our key for blind checks of a purpose, by our root; publish the set anew afterwards',
  options: { ...blindOptions, yes: { describe: 'do not ask' } },
  examples: ['blind rotate --relation fr-ma --purpose leads/investigation --root /media/root'],
  run: (input, context): Promise<Outcome> =>
    withBlind(input, context, async ({ relation }, station) => {
      const purpose = input.required('purpose');
      await context.terminal.confirm(`Does our root replace the key for ${purpose}?`, input.flag('yes'));
      const seeds = seedsOf(await context.home.rootKeys.readHybrid('root', 'present'));
      const { act, epoch } = await rotateBlindKey(station, relation, seeds, purpose);
      const text = `Key ${epoch} for ${purpose} is in force by act ${act}. Next: entente blind publish --purpose ${purpose}`;
      return { text, json: { relation: relation.name, purpose, epoch, act } };
    }),
};
