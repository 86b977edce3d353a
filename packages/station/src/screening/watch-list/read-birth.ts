/**
 * A date of birth as lists write it, in the form that is compared: `1984`, `1984-03`, `1984-03-12`, `~1984`, `1980/1984`.
 * Days before months, as both sides of the sea write them: `12/03/1984`, `12.03.1984`, `00/00/1984`. Undefined where it is
 * none of these or no day of the calendar.
 */
export function readBirth(written: string): string | undefined {
  const text = written
    .normalize('NFKC')
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, asciiDigit)
    .trim();
  const between = /^(\d{4})\s*(?:\/|-|–|to|à|and|et)\s*(\d{4})$/.exec(text);
  if (between !== null) return span(between[1] ?? '', between[2] ?? '');
  const [, about = '', rest = ''] =
    /^(~|c\.|ca\.?|circa|about|approx(?:imately|\.)?|vers|env\.?|environ)?\s*(.*)$/i.exec(text) ?? [];
  const date = exactDate(rest);
  return date === undefined ? undefined : about === '' ? date : `~${date.slice(0, 4)}`;
}

function span(from: string, to: string): string | undefined {
  return from < to ? `${from}/${to}` : from === to ? from : undefined;
}

function exactDate(text: string): string | undefined {
  const [, year, month = '00', day = '00'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?$/.exec(text) ?? [];
  if (year !== undefined) return joined(year, month, day);
  const [, first, second, last] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  if (first === undefined || second === undefined || last === undefined) return undefined;
  return joined(last, second.padStart(2, '0'), first.padStart(2, '0'));
}

/** Zero is how registers write that a month or a day is not known. */
function joined(year: string, month: string, day: string): string | undefined {
  if (Number(year) < 1800) return undefined;
  if (month === '00') return day === '00' ? year : undefined;
  if (day === '00') return Number(month) <= 12 ? `${year}-${month}` : undefined;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
  return isDay ? `${year}-${month}-${day}` : undefined;
}

function asciiDigit(digit: string): string {
  return String((digit.codePointAt(0) ?? 0) & 0xf);
}
