import type { Target } from './rule.ts';

/** What a MISP attribute becomes: its value goes to `value`, its comment to the remark. */
export interface AttributeRule {
  readonly into: string;
  readonly constants?: Readonly<Record<string, string>>;
  /** Where the value goes; without it, the value is a line of the statement. */
  readonly value?: Target;
  /** All attributes of a group stand in one statement, a line each. */
  readonly gathered?: true;
}

const online = (platform: string, value = 'handle'): AttributeRule => ({
  into: 'online-identity',
  constants: { platform },
  value,
});
const account = (accountKind: string): AttributeRule => ({
  into: 'account',
  constants: { accountKind },
  value: 'number',
});
const document = (documentKind: string): AttributeRule => ({
  into: 'document',
  constants: { documentKind },
  value: 'number',
});
const person = (value: Target, category = 'other'): AttributeRule => ({
  into: 'person',
  constants: { category },
  value,
});
const statement: AttributeRule = { into: 'statement' };
const gathered: AttributeRule = { into: 'statement', gathered: true };

export const sexWords: Readonly<Record<string, string>> = {
  male: 'male',
  m: 'male',
  female: 'female',
  f: 'female',
  'prefer not to say': 'unknown',
  other: 'other',
};

/** MISP core format, by attribute type. Detection rules, sizes and counters tell a reader nothing: they are kept. */
export const mispAttributeRules: Readonly<Record<string, AttributeRule>> = {
  'ip-src': online('IP'),
  'ip-dst': online('IP'),
  'ip-src|port': online('IP and port'),
  'ip-dst|port': online('IP and port'),
  domain: online('domain'),
  hostname: online('domain'),
  'domain|ip': online('domain and IP'),
  'hostname|port': online('domain and port'),
  'onion-address': online('Tor'),
  url: { into: 'online-identity', value: 'url' },
  uri: { into: 'online-identity', value: 'url' },
  email: online('e-mail'),
  'email-src': online('e-mail'),
  'email-dst': online('e-mail'),
  'email-reply-to': online('e-mail'),
  'dns-soa-email': online('e-mail'),
  'whois-registrant-email': online('e-mail'),
  'target-email': online('e-mail'),
  eppn: online('eduPerson'),
  'jabber-id': online('XMPP'),
  'twitter-id': online('Twitter'),
  'github-username': online('GitHub'),
  'github-organisation': online('GitHub'),
  'target-user': online('user account'),
  AS: online('AS', 'identifier'),
  'mac-address': online('MAC', 'identifier'),

  'phone-number': { into: 'telephone', value: 'number' },
  'whois-registrant-phone': { into: 'telephone', value: 'number' },
  prtn: { into: 'telephone', value: 'number' },

  iban: account('bank'),
  'bank-account-nr': account('bank'),
  'cc-number': account('payment'),
  btc: account('crypto'),
  xmr: account('crypto'),
  dash: account('crypto'),

  'passport-number': document('passport'),
  'identity-card-number': document('identity-card'),
  'visa-number': document('other'),

  'first-name': person('names/civil/given'),
  'last-name': person('names/civil/family'),
  'full-name': person('names/civil/family'),
  'whois-registrant-name': person('names/civil/family'),
  'threat-actor': { into: 'organisation', value: 'designation' },
  'target-org': { into: 'organisation', value: 'designation' },
  'whois-registrant-org': { into: 'organisation', value: 'designation' },
  'whois-registrar': { into: 'organisation', value: 'designation' },
  'target-location': { into: 'place', value: 'placeName' },
  'primary-residence': { into: 'place', value: 'address' },

  text: statement,
  comment: statement,
  other: statement,
  link: statement,
  'campaign-name': statement,
  'email-subject': statement,
  'email-body': statement,
  'payment-details': statement,
  'travel-details': statement,
  'target-external': statement,
  'target-machine': statement,
  vulnerability: statement,
  'malware-type': statement,

  filename: gathered,
  md5: gathered,
  sha1: gathered,
  sha256: gathered,
  sha512: gathered,
  'filename|md5': gathered,
  'filename|sha1': gathered,
  'filename|sha256': gathered,
  mutex: gathered,
  regkey: gathered,
  'user-agent': gathered,
  'email-attachment': gathered,
};
