import { HighWater } from '../../packages/station/src/custody/high-water.ts';
import { raiseHighWater } from '../../packages/station/src/custody/raise-high-water.ts';
import { openDatabase } from '../../packages/station/src/store/database.ts';

// Another process of a station: raises the mark of one origin from a size on, two at a time, and ends with 1 where it ever
// finds it lower than what it wrote itself.
const [url = '', folder = '', first = '0', last = '0'] = process.argv.slice(2);
const database = await openDatabase(url, 1);
const parts = { database, highWater: new HighWater(folder) };
for (let size = Number(first); size <= Number(last); size += 2) {
  await raiseHighWater(parts, 'fr/ma/1', { size, root: new Uint8Array(32).fill(size % 251) });
  const mark = await parts.highWater.read('fr/ma/1');
  if (mark === undefined || mark.size < size) process.exitCode = 1;
}
await database.end();
