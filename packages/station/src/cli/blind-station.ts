import { sodiumGroup } from '../adapters/sodium-group.ts';
import type { BlindStation } from '../blind/blind-station.ts';
import type { Context, Outcome } from './command.ts';
import { custodyOf } from './custody-of.ts';
import type { Input } from './input.ts';
import type { Option } from './option.ts';
import { type OpenedRelation, withRelation } from './opened-relation.ts';

export const relationOption: Option = { value: 'NAME', describe: 'the relation; else the station’s only one' };

/** What a command of blind checks is about. */
export const blindOptions: Readonly<Record<string, Option>> = {
  relation: relationOption,
  purpose: { value: 'TRACK/PURPOSE', describe: 'a purpose that the accord names: leads/investigation' },
};

/** Opens the station for a command that works with blind checks. @throws Refusal */
export function withBlind(
  input: Input,
  context: Context,
  work: (opened: OpenedRelation, station: BlindStation) => Promise<Outcome>,
): Promise<Outcome> {
  return withRelation(input, context, async (opened) => {
    const { parts, relations } = opened;
    const custody = await custodyOf(context, parts, relations);
    return work(opened, { parts, custody, keystore: context.home.keystore, group: await sodiumGroup() });
  });
}
