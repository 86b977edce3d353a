import { digits, dossierId, hex64, type Schema, shortName, smallNumber, uuid, word } from './schema.ts';

/** What each parameter of a path may be, by its name. */
export const pathParameters: Readonly<Record<string, Schema>> = {
  relation: shortName,
  dossier: dossierId,
  act: hex64,
  attachment: hex64,
  upload: uuid,
  draft: uuid,
  token: uuid,
  officer: smallNumber,
  webhook: smallNumber,
  alarm: digits,
  match: digits,
  list: word,
  unit: word,
};
