import type { ActId, Json, JsonObject } from '@entente/protocol';
import type { Lead, Place } from './invented.ts';

/** What an act says besides its type: inputs of its head, fields of its body, and how it is to be handled. */
export interface Words {
  readonly inputs: JsonObject;
  readonly fields: JsonObject;
  readonly codes: readonly ('H0' | 'H1' | 'H2' | 'H3')[];
}

/** What has been said in the dossier before, and when the act is written. */
export interface Before {
  /** The act that opened the dossier, and the last one of either side; their own id where nothing was said yet. */
  readonly opening: ActId | undefined;
  readonly last: ActId | undefined;
  /** The last act that carried something about the matter. */
  readonly content: ActId | undefined;
  readonly now: Date;
}

type Write = (lead: Lead, before: Before) => Words;

/** Writes an act of that type about a lead. */
export function writeWords(type: string, lead: Lead, before: Before): Words {
  const write = words[type];
  if (write === undefined) throw new Error(`no words for ${type}`);
  return write(lead, before);
}

const words: Readonly<Record<string, Write>> = {
  request: (lead) => ({
    inputs: { ...area(lead), urgency: lead.isUrgent ? 'urgent' : 'other' },
    fields: {
      question: french('Que savez-vous de cette personne, de ses contacts et de ses déplacements ?'),
      facts: french(`Enquête en cours : ${lead.matter}. La personne a été vue à ${lead.from.name}.`),
      link: french('La personne nommée a réservé le véhicule et répond au numéro indiqué.'),
      presence: french(`Un billet à son nom mène à ${lead.to.name}.`),
      ...(lead.isUrgent ? { urgencyReason: french('Passage attendu avant demain.') } : {}),
      subjects: [person(lead, 'suspect'), telephone(lead), vehicle(lead)],
    },
    codes: lead.number % 3 === 0 ? ['H0', 'H1'] : ['H0'],
  }),
  spontaneous: (lead) => ({
    inputs: area(lead),
    fields: {
      facts: french(`Pour votre information : ${lead.matter}. Départ annoncé vers ${lead.to.name}.`),
      subjects: [person(lead, 'contact', ['H0', 'H2']), account(lead)],
      statements: [statement('Une source indique un départ avant la fin de la semaine.', 'assessment')],
    },
    codes: ['H0', 'H2'],
  }),
  'threat-to-life': (lead, { now }) => ({
    inputs: { crimeArea: 'terrorism', purpose: 'protection-of-life' },
    fields: {
      threat: french('Une personne armée a annoncé vouloir s’en prendre au public.'),
      where: window(lead.to, now),
      question: french('Pouvez-vous la localiser maintenant ?'),
      subjects: [person(lead, 'suspect'), telephone(lead)],
    },
    codes: ['H0'],
  }),
  acknowledge: () => ({ inputs: {}, fields: {}, codes: [] }),
  'taken-in-charge': ({ number }, { now }) => ({
    inputs: { at: now.toISOString(), access: number % 2 === 0 ? 'direct' : 'indirect' },
    fields: {},
    codes: [],
  }),
  answer: (lead, { now }) => ({ inputs: {}, fields: answered(lead, now), codes: ['H0'] }),
  'partial-answer': (lead) => ({
    inputs: {},
    fields: { answer: french(`Le véhicule ${lead.plate} est connu ; la suite dépend d’un autre service.`) },
    codes: ['H0'],
  }),
  'clarification-asked': () => ({
    inputs: {},
    fields: { question: french('Quelle période vous intéresse, et sous quel nom voyageait-elle ?') },
    codes: ['H0'],
  }),
  'clarification-given': (lead) => ({
    inputs: {},
    fields: {
      answer: french('Les deux dernières semaines ; le billet porte l’autre orthographe.'),
      subjects: [person(lead, 'suspect')],
    },
    codes: ['H0'],
  }),
  'authorisation-needed': () => ({
    inputs: { authority: 'prosecutor', expectedDays: 3 },
    fields: { reason: french('Les données de trafic demandent une réquisition.') },
    codes: [],
  }),
  'authorisation-obtained': () => ({ inputs: {}, fields: {}, codes: [] }),
  refusal: ({ number }) => ({
    inputs: { ground: number % 2 === 0 ? 'R1' : 'R7' },
    fields: { reason: french('Rien n’est connu ici, ou ne peut être dit sans nuire à une enquête en cours.') },
    codes: [],
  }),
  withdrawal: () => ({
    inputs: { withdrawalReason: 'obtained-elsewhere' },
    fields: { reason: french('Obtenu entre-temps par une autre voie.') },
    codes: [],
  }),
  closing: () => ({ inputs: { closingReason: 'satisfied' }, fields: {}, codes: [] }),
  reopening: () => ({
    inputs: { reopeningReason: 'new-facts' },
    fields: { reason: french('Un second véhicule est apparu ce matin.') },
    codes: ['H0'],
  }),
  outcome: ({ number }, before) => ({
    inputs: {
      of: of(before.content),
      outcome: number % 3 === 0 ? 'seizure' : 'location',
      confirmation: 'confirmed',
      receivedAt: new Date(before.now.getTime() - 47 * 60_000).toISOString(),
      at: before.now.toISOString(),
      persons: number % 3,
    },
    fields: { report: french('La personne a été localisée grâce au renseignement transmis.') },
    codes: ['H0'],
  }),
  note: () => ({
    inputs: {},
    fields: { message: french('Notre équipe de permanence suit le dossier cette nuit.') },
    codes: ['H0'],
  }),
  'permission-asked': (_lead, { opening }) => ({
    inputs: { of: of(opening), lifted: ['H2'] },
    fields: { reason: french('Un service régional en a besoin.'), recipient: 'Brigade régionale (inventée)' },
    codes: [],
  }),
  'permission-granted': (_lead, { opening }) => ({
    inputs: { of: of(opening), lifted: ['H2'] },
    fields: {},
    codes: [],
  }),
  'permission-denied': (_lead, { opening }) => ({
    inputs: { of: of(opening), lifted: ['H2'] },
    fields: { reason: french('La source serait reconnue.') },
    codes: [],
  }),
  correction: (lead, { content }) => ({
    inputs: { of: of(content), correctionKind: 'inaccurate' },
    fields: { reason: french('La date de naissance était celle du frère.'), subjects: [person(lead, 'contact')] },
    codes: ['H0'],
  }),
  'change-acknowledged': (_lead, { last }) => ({ inputs: { of: of(last) }, fields: {}, codes: [] }),
};

function answered(lead: Lead, now: Date): JsonObject {
  const text = `Connu ici. Vu à ${lead.to.name} ; le numéro ${lead.telephone} y a été actif.`;
  const original = 'معروف هنا. شوهد في المكان المذكور والرقم كان نشطا فيه.';
  const translation = { language: 'fr', text, by: 'traducteur de permanence', at: now.toISOString() };
  const answer = lead.number % 2 === 0 ? french(text) : { language: 'ar', text: original, translation };
  return { answer, subjects: [person(lead, 'suspect'), place(lead.to)] };
}

function area({ crimeArea, purpose }: Lead): JsonObject {
  return { crimeArea, purpose };
}

function french(text: string): JsonObject {
  return { language: 'fr', text };
}

function statement(text: string, standing: 'fact' | 'assessment'): JsonObject {
  return { statement: french(text), ...qualified(standing) };
}

function qualified(standing: 'fact' | 'assessment', codes: readonly Json[] = ['H0']): JsonObject {
  return { standing, source: 'B', information: '2', codes };
}

function person({ family, given, born }: Lead, category: string, codes: readonly Json[] = ['H0']): JsonObject {
  return {
    kind: 'person',
    category,
    names: [
      { family: family.Latn, given: given.Latn, script: 'Latn', nameKind: 'civil' },
      { family: family.Arab, given: given.Arab, script: 'Arab', nameKind: 'transliteration' },
    ],
    births: [born],
    ...qualified('fact', codes),
  };
}

function telephone({ telephone }: Lead): JsonObject {
  return { kind: 'telephone', number: telephone, ...qualified('fact') };
}

function vehicle({ plate, from }: Lead): JsonObject {
  return { kind: 'vehicle', vehicleKind: 'car', plate, country: from.country, ...qualified('fact') };
}

function account({ account }: Lead): JsonObject {
  return { kind: 'account', accountKind: 'bank', number: account, ...qualified('assessment') };
}

function place({ name, country, latitude, longitude }: Place): JsonObject {
  return { kind: 'place', placeName: name, country, latitude, longitude, radius: 400, ...qualified('fact') };
}

function window({ name, country, latitude, longitude }: Place, now: Date): JsonObject {
  const until = new Date(now.getTime() + 6 * 3_600_000);
  const hours = { windowFrom: now.toISOString(), windowUntil: until.toISOString() };
  return { placeName: name, country, latitude, longitude, radius: 400, ...hours };
}

function of(act: ActId | undefined): ActId {
  if (act === undefined) throw new Error('nothing was said yet');
  return act;
}
