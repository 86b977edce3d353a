import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '@entente/protocol';
import type { Family } from './family.ts';
import { Tally } from './tally.ts';
import { readJson } from './vectors.ts';

/** cyberphone/json-canonicalization: the values of `input/`, written by us, are the bytes of `output/` and of `outhex/`. */
export const jcsFamilies: readonly Family[] = [
  {
    name: 'JCS (RFC 8785)',
    folder: 'crypto/jcs/testdata',
    async run(dir) {
      const tally = new Tally();
      for (const file of readdirSync(join(dir, 'input')).sort()) {
        const written = Buffer.from(canonicalJson(readJson(join(dir, 'input', file))));
        tally.check(file, () => written.equals(readFileSync(join(dir, 'output', file))));
        const wanted = readFileSync(join(dir, 'outhex', file.replace(/\.json$/, '.txt')), 'utf8').replaceAll(/\s/g, '');
        tally.check(`${file} in hexadecimal`, () => written.toString('hex') === wanted);
      }
      return tally;
    },
  },
];
