import assert from 'node:assert/strict';
import { routes } from '@entente/contract';
import { compile } from './validate.ts';

/** Holds an answer against what the contract says the route answers. */
export function compileAnswers(): (route: string, body: unknown) => void {
  const checks = new Map(
    routes.flatMap(({ name, answer }) => (answer.kind === 'json' ? [[name, compile(answer.schema)] as const] : [])),
  );
  return (route, body) => {
    const check = checks.get(route);
    assert.ok(check, `${route} answers JSON`);
    assert.ok(check(body), `${route}: ${JSON.stringify(check.errors)} in ${JSON.stringify(body).slice(0, 500)}`);
  };
}
