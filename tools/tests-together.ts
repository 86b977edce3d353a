// Tests of pure packages need no process of their own: forty small files run in a quarter of a second in one, in four without.
import { pathToFileURL } from 'node:url';

for (const file of (process.env['ENTENTE_TESTS_TOGETHER'] ?? '').split('\n')) await import(pathToFileURL(file).href);
