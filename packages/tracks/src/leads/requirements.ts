import type { Requirement } from '../declared-track.ts';

/** DOMAIN §6: an urgent request says why it is urgent; §1: H3 is nothing without its text. */
export const leadsRequirements: readonly Requirement[] = [
  { types: ['request'], field: 'urgencyReason', when: { input: 'urgency', is: 'urgent' } },
  { types: 'any', field: 'restriction', when: { code: 'H3' } },
];
