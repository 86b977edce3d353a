import type { Option } from './option.ts';

/** Who acts, and what opens the key. */
export const officerOptions: Readonly<Record<string, Option>> = {
  relation: { value: 'NAME', describe: 'the relation; else the station’s only one' },
  as: { value: 'NAME', describe: 'the officer; else the only one enrolled here' },
};

export const signingOptions: Readonly<Record<string, Option>> = {
  ...officerOptions,
  'passphrase-file': { value: 'FILE', describe: 'the passphrase of the key; else it is asked for' },
  yes: { describe: 'what is to be signed was read: do not ask' },
};
