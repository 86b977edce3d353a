import { sexWords } from './misp-attribute-table.ts';
import type { Target } from './rule.ts';

/** What a MISP object becomes; a relation that stands in no rule is read as an attribute of its own. */
export interface ObjectRule {
  readonly into: string;
  readonly constants?: Readonly<Record<string, string>>;
  /** Object relation → field. */
  readonly fields: Readonly<Record<string, Target>>;
  /** Object relations that become lines of the remark. */
  readonly lines?: readonly string[];
}

const alias = { nameKind: 'alias' };
const passport: Readonly<Record<string, Target>> = {
  'passport-number': { to: 'documents/passport/number', with: { documentKind: 'passport' } },
  'passport-country': { to: 'documents/passport/issuedBy', with: { documentKind: 'passport' } },
  'passport-expiration': { to: 'documents/passport/expiresOn', with: { documentKind: 'passport' } },
  'passport-creation': { to: 'documents/passport/issuedOn', with: { documentKind: 'passport' } },
};
const person: ObjectRule = {
  into: 'person',
  constants: { category: 'other' },
  fields: {
    ...passport,
    'last-name': 'names/civil/family',
    'first-name': 'names/civil/given',
    'middle-name': 'names/civil/patronymic',
    'full-name': 'names/civil/family',
    'mothers-name': 'mother',
    'fathers-name': 'father',
    alias: { to: 'names/-/family', with: alias },
    nickname: { to: 'names/-/family', with: { nameKind: 'nickname' } },
    'date-of-birth': 'births/-',
    'place-of-birth': 'birthPlace',
    nationality: 'nationalities/-',
    gender: { to: 'sex', choices: sexWords },
    'identity-card-number': { to: 'documents/-/number', with: { documentKind: 'identity-card' } },
    'social-security-number': { to: 'documents/-/number', with: { documentKind: 'other' } },
    address: 'address',
    'primary-residence': 'address',
  },
  lines: ['text', 'role', 'title', 'function', 'occupation', 'employee-type', 'userid', 'user-id', 'group'],
};
const organisation: ObjectRule = {
  into: 'organisation',
  fields: {
    name: 'designation',
    'registration-number': 'registration',
    business: 'activity',
    address: 'address',
    country: 'country',
  },
  lines: [
    'description',
    'text',
    'alias',
    'role',
    'sector',
    'legal-form',
    'contact_information',
    'identity_class',
    'roles',
  ],
};
const account = (platform: string): ObjectRule => ({
  into: 'online-identity',
  constants: { platform },
  fields: {
    username: 'handle',
    'account-name': 'handle',
    name: 'handle',
    'account-id': 'identifier',
    id: 'identifier',
    link: 'url',
    url: 'url',
  },
  lines: ['display-name', 'displayed-name', 'user-fullname', 'description', 'bio', 'first-name', 'last-name'],
});

/** MISP object templates, by name. */
export const mispObjectRules: Readonly<Record<string, ObjectRule>> = {
  person,
  employee: person,
  'passport-and-visa': person,
  organization: organisation,
  'legal-entity': organisation,
  'news-agency': organisation,
  identity: organisation,
  'identity:individual': {
    into: 'person',
    constants: { category: 'other' },
    fields: { name: 'names/civil/family' },
    lines: ['description', 'identity_class', 'contact_information', 'roles', 'sectors'],
  },
  vehicle: {
    into: 'vehicle',
    fields: {
      'license-plate-number': 'plate',
      vin: 'chassis',
      make: 'make',
      model: 'model',
      'exterior-color': 'colour',
      type: {
        to: 'vehicleKind',
        choices: {
          car: 'car',
          truck: 'lorry',
          bus: 'bus',
          motorcycle: 'motorcycle',
          trailer: 'trailer',
          aircraft: 'aircraft',
        },
      },
    },
    lines: ['description', 'interior-color', 'gearbox', 'state', 'date-first-registration'],
  },
  phone: {
    into: 'telephone',
    fields: { msisdn: 'number', 'phone-number': 'number', imei: 'imei', imsi: 'imsi' },
    lines: ['text', 'serial-number', 'guti', 'tmsi', 'brand', 'model', 'first-seen', 'last-seen'],
  },
  'bank-account': {
    into: 'account',
    constants: { accountKind: 'bank' },
    fields: {
      iban: 'number',
      account: 'number',
      'institution-name': 'bank',
      'account-name': 'holder',
      beneficiary: 'holder',
    },
    lines: ['text', 'comments', 'swift', 'branch', 'currency-code', 'opened', 'closed', 'balance', 'date-balance'],
  },
  'coin-address': {
    into: 'account',
    constants: { accountKind: 'crypto' },
    fields: { address: 'number', 'address-crypto': 'number' },
    lines: ['text', 'symbol', 'current-balance', 'last-updated'],
  },
  'credit-card': {
    into: 'account',
    constants: { accountKind: 'payment' },
    fields: { 'cc-number': 'number', name: 'holder' },
    lines: ['comment', 'expiration', 'issued'],
  },
  geolocation: {
    into: 'place',
    fields: {
      latitude: 'latitude',
      longitude: 'longitude',
      address: 'address',
      countrycode: 'country',
      text: 'placeName',
      'first-seen': 'windowFrom',
      'last-seen': 'windowUntil',
    },
    lines: ['city', 'zipcode', 'region', 'country', 'neighborhood', 'altitude', 'accuracy-radius'],
  },
  'user-account': account('user account'),
  'facebook-account': account('Facebook'),
  'twitter-account': account('Twitter'),
  'telegram-account': account('Telegram'),
  'instagram-account': account('Instagram'),
  'reddit-account': account('Reddit'),
  'parler-account': account('Parler'),
  'github-user': account('GitHub'),
  'gitlab-user': account('GitLab'),
};
