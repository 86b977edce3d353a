import { stationEdges, stationGround, stationJoin, stationMain, stationVerbs } from './laws.ts';
import { type File, targetOf } from './source-file.ts';

/** The station's inner law: edges → verbs → store and adapters; nothing imports main; main alone reads the environment. */
export function stationBreaches(file: File): readonly string[] {
  if (file.home !== 'station' || file.isTest) return [];
  const found = file.imports.flatMap((specifier) => {
    const why = reasonAgainst(file.path, targetOf(file, specifier) ?? '');
    return why === undefined ? [] : [`${file.path}: imports ${specifier}: ${why}`];
  });
  if (file.path !== stationMain && readsEnvironment(file))
    found.push(`${file.path}: reads the environment, which main.ts alone does`);
  return found;
}

function reasonAgainst(from: string, to: string): string | undefined {
  if (from === stationMain) return undefined;
  if (to === stationMain) return 'nothing imports main';
  const here = areaOf(from);
  const there = areaOf(to);
  if (here === there || here === stationJoin) return undefined;
  if (there === stationJoin) return 'main alone calls what joins the parts';
  if (stationEdges.includes(there))
    return stationEdges.includes(here) ? 'edges never import each other' : 'what an edge calls knows no edge';
  if (stationGround.includes(here) && stationVerbs.includes(there)) return 'store and adapters know no verb';
  return undefined;
}

function areaOf(path: string): string {
  return /^packages\/station\/src\/([^/]+)\//.exec(path)?.[1] ?? '';
}

function readsEnvironment({ code, imports, source }: File): boolean {
  return (
    /\bprocess\s*\.\s*env\b/.test(code) ||
    (imports.includes('node:process') && /\benv\b[^;]*\bfrom\s*['"]node:process['"]/.test(source))
  );
}
