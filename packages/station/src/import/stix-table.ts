import type { Rule } from './rule.ts';

const described = ['description', 'labels'] as const;
const statement = (...lines: readonly string[]): Rule => ({
  into: 'statement',
  lines: ['type', 'name', 'value', ...lines, ...described],
});
const online = (platform: string, field: string, ...lines: readonly string[]): Rule => ({
  into: 'online-identity',
  constants: { platform },
  fields: { [field]: field === 'value' ? 'handle' : 'identifier' },
  lines: [...lines, ...described],
});
const organisation: Rule = {
  into: 'organisation',
  fields: { name: 'designation' },
  lines: ['identity_class', 'sectors', 'roles', 'contact_information', ...described],
};
const actor: Rule = {
  into: 'organisation',
  fields: { name: 'designation' },
  lines: [
    'aliases',
    'threat_actor_types',
    'roles',
    'goals',
    'sophistication',
    'resource_level',
    'primary_motivation',
    'secondary_motivations',
    'personal_motivations',
    'first_seen',
    'last_seen',
    ...described,
  ],
};
const report: Rule = { into: 'facts', lines: ['name', 'description', 'published', 'context', 'content', 'abstract'] };

/** STIX 2.0 and 2.1, by type; an identity by its class. What stands in no rule (ids, versions, references) is kept. */
export const stixRules: Readonly<Record<string, Rule>> = {
  report,
  grouping: report,
  note: statement('abstract', 'content', 'authors', 'note_types'),
  opinion: statement('opinion', 'explanation', 'authors'),

  'identity:individual': {
    into: 'person',
    constants: { category: 'other' },
    fields: { name: 'names/civil/family' },
    lines: ['roles', 'sectors', 'contact_information', ...described],
  },
  identity: organisation,
  'threat-actor:individual': {
    into: 'person',
    constants: { category: 'suspect' },
    fields: { name: 'names/civil/family', aliases: { to: 'names/-/family', with: { nameKind: 'alias' } } },
    lines: ['threat_actor_types', 'roles', 'goals', 'primary_motivation', 'first_seen', 'last_seen', ...described],
  },
  'threat-actor': actor,
  'intrusion-set': actor,
  location: {
    into: 'place',
    fields: {
      name: 'placeName',
      country: 'country',
      latitude: 'latitude',
      longitude: 'longitude',
      street_address: 'address',
      precision: 'radius',
    },
    lines: ['region', 'administrative_area', 'city', 'postal_code', ...described],
  },

  'email-addr': online('e-mail', 'value', 'display_name'),
  'ipv4-addr': online('IPv4', 'value'),
  'ipv6-addr': online('IPv6', 'value'),
  'mac-addr': online('MAC', 'value'),
  'domain-name': online('domain', 'value'),
  'autonomous-system': online('AS', 'number', 'name', 'rir'),
  url: { into: 'online-identity', fields: { value: 'url' }, lines: described },
  'user-account': {
    into: 'online-identity',
    fields: { account_type: 'platform', account_login: 'handle', user_id: 'identifier' },
    lines: ['display_name', 'is_disabled', 'account_created', 'account_last_login', ...described],
  },

  indicator: statement('pattern', 'pattern_type', 'indicator_types', 'valid_from', 'valid_until'),
  'observed-data': statement('first_observed', 'last_observed', 'number_observed'),
  sighting: statement('first_seen', 'last_seen', 'count', 'sighting_of_ref', 'where_sighted_refs'),
  malware: statement('malware_types', 'is_family', 'aliases', 'first_seen', 'last_seen', 'capabilities'),
  'malware-analysis': statement('product', 'result', 'result_name', 'analysis_started', 'analysis_ended'),
  tool: statement('tool_types', 'aliases', 'tool_version'),
  'attack-pattern': statement('aliases', 'kill_chain_phases'),
  campaign: statement('aliases', 'first_seen', 'last_seen', 'objective'),
  incident: statement(),
  infrastructure: statement('infrastructure_types', 'aliases', 'first_seen', 'last_seen'),
  vulnerability: statement('external_references'),
  'course-of-action': statement('action'),
  'email-message': statement('date', 'subject', 'message_id', 'body', 'from_ref', 'to_refs', 'cc_refs'),
  file: statement('hashes', 'size', 'mime_type'),
  artifact: statement('mime_type', 'url', 'hashes'),
  relationship: {
    into: 'statement',
    lines: ['source_ref', 'relationship_type', 'target_ref', 'start_time', 'stop_time', 'description'],
  },
};

/** A pattern that is one comparison speaks of the thing itself: `[domain-name:value = 'example.org']`. */
export const patternPaths: Readonly<Record<string, { readonly rule: string; readonly property: string }>> = {
  'email-addr:value': { rule: 'email-addr', property: 'value' },
  'ipv4-addr:value': { rule: 'ipv4-addr', property: 'value' },
  'ipv6-addr:value': { rule: 'ipv6-addr', property: 'value' },
  'domain-name:value': { rule: 'domain-name', property: 'value' },
  'url:value': { rule: 'url', property: 'value' },
};
