import { runFormats } from './c2sp/formats.ts';
import { runLitewitness } from './c2sp/litewitness.ts';
import { runSunlight } from './c2sp/sunlight.ts';
import { runTessera } from './c2sp/tessera.ts';
import type { Family } from './family.ts';

export const families: readonly Family[] = [
  { name: 'c2sp/tessera', folder: 'c2sp/tessera', run: runTessera },
  { name: 'c2sp/formats', folder: 'c2sp/formats', run: runFormats },
  { name: 'c2sp/litewitness', folder: 'c2sp/torchwood/cmd/litewitness/testdata', run: runLitewitness },
  { name: 'c2sp/sunlight', folder: 'c2sp/sunlight', run: runSunlight },
];
