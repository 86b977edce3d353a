import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ageFamilies } from './age.ts';
import { families as c2spFamilies } from './c2sp.ts';
import { cctvFamilies } from './cctv.ts';
import { ctiFamilies } from './cti.ts';
import { dsseFamilies } from './dsse.ts';
import type { Family } from './family.ts';
import { jcsFamilies } from './jcs.ts';
import { ownCryptoFamilies } from './own-crypto.ts';
import { wycheproofFamilies } from './wycheproof.ts';

const usage = `npm run conformance [-- DIR]
  Holds Entente against the foreign vectors of DIR: a folder with c2sp/, crypto/ … as they were published.
  Without DIR: $ENTENTE_VECTORS, or ../shared/data/vectors beside this repository.`;

const families: readonly Family[] = [
  ...c2spFamilies,
  ...ageFamilies,
  ...wycheproofFamilies,
  ...cctvFamilies,
  ...ownCryptoFamilies,
  ...jcsFamilies,
  ...dsseFamilies,
  ...ctiFamilies,
];

const root = join(import.meta.dirname, '..', '..');
const [argument] = process.argv.slice(2);
if (argument === '--help' || argument === '-h') console.log(usage);
else await hold(resolve(argument ?? process.env['ENTENTE_VECTORS'] ?? join(root, '..', 'shared', 'data', 'vectors')));

async function hold(dir: string): Promise<void> {
  console.log(`foreign vectors of ${dir}`);
  const total = { ran: 0, failed: 0, skipped: 0 };
  for (const family of families) {
    const folder = join(dir, family.folder);
    if (!existsSync(folder)) {
      total.skipped += 1;
      console.log(`- ${family.name.padEnd(44)} skipped: ${family.folder} is absent`);
      continue;
    }
    const begun = performance.now();
    const { ran, failed } = await family.run(folder);
    total.ran += ran;
    total.failed += failed.length;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    // A family that runs nothing holds nothing.
    const good = failed.length === 0 && ran > 0;
    if (!good) process.exitCode = 1;
    console.log(
      `${good ? '✔' : '✖'} ${family.name.padEnd(44)} ${String(ran).padStart(6)} ran  ${failed.length} failed  ${seconds} s`,
    );
    for (const line of failed) console.log(`    ${line}`);
  }
  console.log(
    `${families.length} families: ${total.ran} ran, ${total.failed} failed, ${total.skipped} families skipped`,
  );
  if (total.ran === 0) {
    console.error(`no vector was found.\n${usage}`);
    process.exitCode = 1;
  }
}
