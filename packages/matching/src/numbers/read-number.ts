import { holdsImo, holdsLuhn, holdsMod97, holdsVin, ibanFigures, icaoFigure } from './check-digits.ts';
import { ibanForm } from './iban-forms.ts';
import { plainNumber, sameToReader, withFigures } from './plain-number.ts';

/** A number in its one spelling, and what its own check figure says of it. */
export type CheckedNumber = {
  readonly normal: string;
  /** `fails`: it is probably miswritten. `none`: it has no check figure, or none that every issuer keeps to. */
  readonly check: 'holds' | 'fails' | 'none';
};

/**
 * Reads a number as one of its kind: `account` (IBAN), `imei`, `imo`, `chassis`, `document`; any other is only made plain.
 * Letters are read as figures where only figures can stand.
 * @param country ISO 3166-1 alpha-2, for an account number without it
 */
export function readNumber(kind: string, written: string, country?: string): CheckedNumber {
  switch (kind) {
    case 'account':
      return readAccount(plainNumber(written), country?.toUpperCase());
    case 'imei':
      return readImei(sameToReader(plainNumber(written)));
    case 'imo':
      return readImo(sameToReader(plainNumber(written).replace(/^[I1]M[O0]/, '')));
    case 'chassis':
      return readVin(plainNumber(written));
    case 'document':
      return readTravelDocument(withFigures(written));
    default:
      return { normal: plainNumber(written), check: 'none' };
  }
}

const checked = (normal: string, holds: boolean): CheckedNumber => ({ normal, check: holds ? 'holds' : 'fails' });
const unchecked = (normal: string): CheckedNumber => ({ normal, check: 'none' });

function readAccount(plain: string, country: string | undefined): CheckedNumber {
  const form = ibanForm(plain.slice(0, 2));
  if (form?.length === plain.length) {
    const rest = plain.slice(4);
    const iban = plain.slice(0, 2) + sameToReader(plain.slice(2, 4)) + (form.figures ? sameToReader(rest) : rest);
    return /^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban) ? checked(iban, holdsMod97(iban)) : unchecked(plain);
  }
  // The account as its own country writes it, without country and check figures: a Moroccan or French RIB.
  const own = country === undefined ? undefined : ibanForm(country);
  if (country === undefined || own?.length !== plain.length + 4 || !/^[A-Z0-9]+$/.test(plain)) return unchecked(plain);
  const account = own.figures ? sameToReader(plain) : plain;
  return own.figures && /\D/.test(account)
    ? unchecked(plain)
    : unchecked(country + ibanFigures(country, account) + account);
}

/** Fourteen figures are the device; the fifteenth checks them, and two more are the version of its software. */
function readImei(plain: string): CheckedNumber {
  if (!/^\d{14,17}$/.test(plain)) return unchecked(plain);
  if (plain.length !== 15) return unchecked(plain.slice(0, 14));
  return holdsLuhn(plain) ? { normal: plain.slice(0, 14), check: 'holds' } : { normal: plain, check: 'fails' };
}

function readImo(plain: string): CheckedNumber {
  return /^\d{7}$/.test(plain) ? checked(plain, holdsImo(plain)) : unchecked(plain);
}

/** North America and China require the check figure; elsewhere its place holds what the maker likes. */
function readVin(plain: string): CheckedNumber {
  const vin = plain.replace(/[OQ]/g, '0').replace(/I/g, '1');
  if (!/^[0-9A-Z]{17}$/.test(vin)) return unchecked(plain);
  return /^[1-5L]/.test(vin) ? checked(vin, holdsVin(vin)) : unchecked(vin);
}

/** The number field of a machine-readable zone, `L898902C<3`, or the whole second line of a passport; else the number as it is. */
function readTravelDocument(written: string): CheckedNumber {
  const zone = /^([A-Z0-9<]{9})([0-9O])(?:[A-Z<]{3}\d{6}[0-9A-Z<]{25})?$/.exec(written.replace(/\s/g, ''));
  const [whole, field, figure] = zone ?? [];
  if (whole === undefined || field === undefined || figure === undefined || !whole.includes('<'))
    return unchecked(plainNumber(written));
  // With its figure kept, what fails is not equal to the number that it miswrites.
  return icaoFigure(field) === sameToReader(figure)
    ? { normal: field.replaceAll('<', ''), check: 'holds' }
    : { normal: field + figure, check: 'fails' };
}
