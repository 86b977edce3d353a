/** What the laws need to know of one source file. */
export type Scanned = {
  /** The source with comments, regular expressions and the contents of strings blanked out, position for position. */
  readonly code: string;
  readonly imports: readonly string[];
};

/** Reads one TypeScript or JavaScript source. It need not be valid: what cannot be read as an import is none. */
export function scan(source: string): Scanned {
  const code = blank(source);
  const clause = /\bfrom\s*(['"])|\bimport\s*(['"])|\bimport\s*\(\s*(['"`])/g;
  const imports: string[] = [];
  for (const found of code.matchAll(clause)) {
    const quote = found[1] ?? found[2] ?? found[3] ?? '';
    const start = found.index + found[0].length;
    const end = code.indexOf(quote, start);
    if (end > start) imports.push(source.slice(start, end));
  }
  return { code, imports };
}

/** A slash after one of these begins a regular expression; after a value it divides. */
const beforeExpression =
  /(?:^|[([{},;:=!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|delete|throw|new|else|do))\s*$/;

function blank(source: string): string {
  const out = source.split('');
  const hide = (from: number, to: number): void => {
    for (let at = from; at < to && at < out.length; at += 1) if (out[at] !== '\n') out[at] = ' ';
  };
  /** For every open `${`, how many braces are open inside it. */
  const templates: number[] = [];
  let at = 0;
  const skip = (end: number, from: number): void => {
    hide(from, end);
    at = end;
  };
  while (at < source.length) {
    const here = source[at];
    if (source.startsWith('//', at)) skip(endOf(source, '\n', at), at);
    else if (source.startsWith('/*', at)) skip(endOf(source, '*/', at + 2) + 2, at);
    else if (here === "'" || here === '"') skip(endOfQuoted(source, at + 1, here), at + 1);
    else if (here === '`') template(at + 1);
    else if (here === '/' && beforeExpression.test(out.slice(Math.max(0, at - 40), at).join(''))) {
      const end = endOfRegularExpression(source, at + 1);
      skip(end, at);
      continue;
    } else if (here === '{' && templates.length > 0) bump(1);
    else if (here === '}' && templates.length > 0) {
      if (templates.at(-1) === 0) {
        templates.pop();
        template(at + 1);
      } else bump(-1);
    }
    at += 1;
  }
  return out.join('');

  function bump(by: number): void {
    templates.push((templates.pop() ?? 0) + by);
  }

  function template(start: number): void {
    let end = start;
    while (end < source.length && source[end] !== '`' && !source.startsWith('${', end))
      end += source[end] === '\\' ? 2 : 1;
    hide(start, end);
    at = end;
    if (source[end] === '$') {
      templates.push(0);
      at = end + 1;
    }
  }
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end < 0 ? source.length : end;
}

function endOfQuoted(source: string, from: number, quote: string): number {
  let at = from;
  while (at < source.length && source[at] !== quote && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1;
  return at;
}

function endOfRegularExpression(source: string, from: number): number {
  let at = from;
  let inClass = false;
  while (at < source.length && source[at] !== '\n' && (inClass || source[at] !== '/')) {
    if (source[at] === '[') inClass = true;
    if (source[at] === ']') inClass = false;
    at += source[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}
