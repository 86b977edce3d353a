import {
  type Accord,
  type CalendarTable,
  defaultClocks,
  defaultScreening,
  legalBases,
  type OfficerKeyKind,
  type PartyTerms,
  type RelationId,
  type Sha256Hex,
} from '@entente/protocol';
import { tracks } from '@entente/tracks';

/** What the two parties chose; the rest of an accord starts from this project's defaults. */
export interface AccordChoices {
  readonly relation: RelationId;
  readonly parties: readonly [PartyTerms, PartyTerms];
  readonly calendars: Readonly<Record<string, CalendarTable>>;
  readonly officerKeys: readonly OfficerKeyKind[];
  readonly witnesses?: readonly string[];
  readonly previous?: Sha256Hex;
}

/** Every value is the parties' to change before they sign: a draft binds nobody. */
export function draftAccord(choices: AccordChoices): Accord {
  const { relation, parties, calendars, officerKeys, witnesses = [], previous } = choices;
  return {
    v: 1,
    relation,
    parties,
    ...(previous === undefined ? {} : { previous }),
    tracks: tracks.map(({ name, version, vectors }) => ({ name, version, vectors, retentionDays: 1095 })),
    legalBases: [...legalBases],
    clocks: Object.assign({}, defaultClocks, ...tracks.map(({ clockDefaults }) => clockDefaults)) as Accord['clocks'],
    calendars,
    floor: [{ type: 'leads/threat-to-life', marking: 'threat-to-life' }],
    quotas: { actsPerDay: 5_000_000, bytesPerDay: 64 * 1024 ** 3, openDossiersPerDay: 1_000_000 },
    officerKeys,
    witnesses,
    backupDays: 30,
    carryDays: 14,
    screening: { ...defaultScreening, comparable: tracks.flatMap(({ comparablePurposes }) => comparablePurposes) },
    rules: {},
  };
}
