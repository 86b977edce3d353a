import type { JsonObject } from '@entente/protocol';
import type { LeadInMaking } from './lead-in-making.ts';
import { readMarks } from './markings.ts';
import { enterAttributes } from './misp-attribute.ts';
import { mispObjectRules } from './misp-object-table.ts';
import type { ObjectRule } from './misp-object-table.ts';
import { commentOf, isDeleted, tagsOf, thingsIn } from './misp-thing.ts';
import type { Thing } from './misp-thing.ts';
import { entryOf } from './rule.ts';

/** An object by the rule of its name; its attributes that the rule does not name stand for themselves. */
export function enterObject(lead: LeadInMaking, thing: Thing): void {
  const { object, base } = thing;
  if (isDeleted(object)) return;
  const attributes = thingsIn(object['Attribute'], `${base}/Attribute`, [...thing.said, ...tagsOf(object, base)]);
  const rule = ruleOf(String(object['name']), attributes);
  const own = rule === undefined ? [] : attributes.filter((one) => !isDeleted(one.object) && isIn(rule, one.object));
  if (rule !== undefined && own.length > 0)
    lead.enter(
      {
        into: rule.into,
        saidBy: [`${base}/name`],
        constants: rule.constants ?? {},
        entries: own.flatMap(({ object: { object_relation, value }, base }) => {
          const target = rule.fields[String(object_relation)];
          return target === undefined ? [] : [entryOf(`${base}/value`, value ?? '', target)];
        }),
        lines: [
          ...own
            .filter(({ object }) => rule.lines?.includes(String(object['object_relation'])))
            .map(({ object: { object_relation, value }, base }) => ({
              place: `${base}/value`,
              value: value ?? '',
              label: String(object_relation),
            })),
          ...[{ object, base }, ...own].flatMap(commentOf),
        ],
      },
      readMarks(own.flatMap(({ object, base, said }) => [...said, ...tagsOf(object, base)])),
    );
  enterAttributes(
    lead,
    attributes.filter((one) => !own.includes(one)),
    () => base,
  );
}

function ruleOf(name: string, attributes: readonly Thing[]): ObjectRule | undefined {
  const individual = attributes.some(
    ({ object }) => object['object_relation'] === 'identity_class' && object['value'] === 'individual',
  );
  const key = individual ? `${name}:individual` : name;
  return Object.hasOwn(mispObjectRules, key) ? mispObjectRules[key] : undefined;
}

function isIn(rule: ObjectRule, { object_relation: relation }: JsonObject): boolean {
  return Object.hasOwn(rule.fields, String(relation)) || (rule.lines?.includes(String(relation)) ?? false);
}
