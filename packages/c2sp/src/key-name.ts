import { FormatError } from './errors.ts';

/** A key name is non-empty, without Unicode white space, plus or control characters. @throws FormatError */
export function checkKeyName(name: string, where: string): void {
  // oxlint-disable-next-line no-control-regex -- a control character could end the line
  if (name === '' || !name.isWellFormed() || /[\p{White_Space}+\u0000-\u001f]/u.test(name)) {
    throw new FormatError('key-name', where);
  }
}
