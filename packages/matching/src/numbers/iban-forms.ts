/** Lengths of IBANs by country, from the registry of ISO 13616; `figures` where nothing but figures follows the country. */
export type IbanForm = { readonly length: number; readonly figures: boolean };

/** The form in a country; undefined where none is known. */
export function ibanForm(country: string): IbanForm | undefined {
  return forms.get(country);
}

const OF_FIGURES =
  'MA28 ES24 PT25 BE16 DE22 AT20 TN24 MR27 EG29 LY25 AE23 DK18 FI18 NO15 SE24 PL28 HU28 CZ24 SK24 SI19 HR21 EE20 LT20 IL23 RS22 BA20 ME22 XK20 SD18';
const OF_SIGNS =
  'FR27 MC27 IT27 SM27 NL18 GB22 IE22 GI23 LU20 CH21 LI21 AD24 MT31 CY28 GR27 TR26 SA24 QA29 KW30 BH22 JO30 LB28 PS29 IQ23 PK24 RO24 BG22 LV21 AL28 MK19 GE22 AZ28 KZ20 UA29';

const forms: ReadonlyMap<string, IbanForm> = new Map(
  [
    { forms: OF_FIGURES, figures: true },
    { forms: OF_SIGNS, figures: false },
  ].flatMap(({ forms, figures }) =>
    forms.split(' ').map((form) => [form.slice(0, 2), { length: Number(form.slice(2)), figures }] as const),
  ),
);
