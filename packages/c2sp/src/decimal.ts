import { FormatError } from './errors.ts';

/** Reads `0` or digits without leading zero, at most 2^53 - 1. */
export function readDecimal(text: string, where: string): number {
  const value = Number(text);
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text) || !Number.isSafeInteger(value)) throw new FormatError('number', where);
  return value;
}

export function writeDecimal(value: number, where: string): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new FormatError('number', where);
  return String(value);
}
