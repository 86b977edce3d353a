/** Mandatory elements of a request, DOMAIN §6. */
export const crimeAreas = [
  'terrorism',
  'organised-crime',
  'drugs',
  'firearms',
  'human-trafficking',
  'migrant-smuggling',
  'fraud',
  'money-laundering',
  'cybercrime',
  'homicide',
  'missing-person',
  'other',
] as const;

/** What the counterpart may use the data for (H0): always stated, never open-ended. */
export const purposes = ['prevention', 'detection', 'investigation', 'protection-of-life', 'missing-person'] as const;

/** Categories of persons: Directive (EU) 2016/680 art. 6. */
export const personCategories = ['suspect', 'convicted', 'victim', 'witness', 'contact', 'other'] as const;

/** Fact or personal assessment: Directive (EU) 2016/680 art. 7. */
export const standings = ['fact', 'assessment'] as const;

export const urgencies = ['urgent', 'other'] as const;

/** Whether the receiver reaches the data itself or through another authority: Directive (EU) 2023/977 art. 5. */
export const accesses = ['direct', 'indirect'] as const;

export const judicialAuthorities = ['prosecutor', 'investigating-judge', 'court'] as const;

export const outcomeKinds = [
  'arrest',
  'seizure',
  'location',
  'identification',
  'prevented',
  'person-found',
  'proceedings',
  'nothing',
  'other',
] as const;

/** What the outcome says of the lead itself; feeds the reliability of sources. */
export const confirmations = ['confirmed', 'partly-confirmed', 'not-confirmed', 'contradicted'] as const;

export const correctionKinds = ['inaccurate', 'incomplete', 'outdated', 'unlawfully-sent'] as const;

export const withdrawalReasons = ['no-longer-needed', 'obtained-elsewhere', 'sent-in-error'] as const;
export const closingReasons = ['satisfied', 'no-follow-up', 'merged'] as const;
export const reopeningReasons = ['new-facts', 'further-question', 'error'] as const;

/** Codes that a permission of the owner can lift for one use: H1 judicial proceedings, H2 passing on. */
export const liftableCodes = ['H1', 'H2'] as const;

export const nameKinds = ['civil', 'birth', 'alias', 'nickname', 'transliteration'] as const;
/** ISO 15924. */
export const scripts = ['Latn', 'Arab', 'Tfng', 'Cyrl', 'Grek', 'Hebr', 'Hans', 'Other'] as const;
export const sexes = ['female', 'male', 'other', 'unknown'] as const;
export const documentKinds = [
  'passport',
  'identity-card',
  'residence-permit',
  'driving-licence',
  'birth-record',
  'laissez-passer',
  'other',
] as const;
export const documentConditions = ['genuine', 'forged', 'stolen', 'lost', 'unknown'] as const;
export const vehicleKinds = ['car', 'lorry', 'motorcycle', 'bus', 'trailer', 'aircraft', 'other'] as const;
export const accountKinds = ['bank', 'payment', 'mobile-money', 'crypto', 'other'] as const;
export const firearmKinds = ['handgun', 'rifle', 'shotgun', 'automatic', 'explosive', 'other'] as const;
export const goods = ['drugs', 'firearms', 'cash', 'documents', 'data', 'vehicle', 'other'] as const;
export const measures = ['kilogram', 'gram', 'litre', 'piece', 'euro', 'dirham'] as const;
