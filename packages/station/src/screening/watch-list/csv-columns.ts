/** What a column of a watch list may hold; the names by which `--map` speaks of them. */
export const columns = [
  'id',
  'kind',
  'name',
  'alias',
  'given',
  'patronymic',
  'family',
  'birth',
  'birthplace',
  'sex',
  'nationality',
  'document',
  'documentKind',
  'telephone',
  'plate',
  'account',
  'handle',
  'registration',
  'remark',
] as const;
export type Column = (typeof columns)[number];

const headings: Readonly<Record<Column, readonly string[]>> = {
  id: ['id', 'identifier', 'reference', 'ref', 'identifiant', 'numero', 'no', 'المعرف', 'الرقم'],
  kind: ['kind', 'type', 'nature', 'النوع'],
  name: ['name', 'full name', 'nom complet', 'nom et prenom', 'الاسم', 'الاسم الكامل'],
  alias: ['alias', 'aliases', 'aka', 'also known as', 'dit', 'surnom', 'اسم مستعار', 'الاسم المستعار'],
  given: ['given', 'given name', 'given names', 'first name', 'prenom', 'prenoms', 'الاسم الشخصي', 'الاسم الأول'],
  patronymic: ['patronymic', 'father name', 'nom du pere', 'اسم الأب'],
  family: ['family', 'family name', 'last name', 'surname', 'nom', 'nom de famille', 'الاسم العائلي', 'اللقب'],
  birth: [
    'birth',
    'birth date',
    'birthdate',
    'date of birth',
    'dob',
    'date de naissance',
    'ne le',
    'تاريخ الميلاد',
    'تاريخ الازدياد',
  ],
  birthplace: ['birthplace', 'birth place', 'place of birth', 'lieu de naissance', 'مكان الميلاد', 'مكان الازدياد'],
  sex: ['sex', 'gender', 'sexe', 'الجنس'],
  nationality: ['nationality', 'nationalite', 'country', 'pays', 'الجنسية', 'البلد'],
  document: [
    'document',
    'passport',
    'passport number',
    'passeport',
    'id number',
    'cin',
    'cnie',
    'رقم الجواز',
    'رقم الوثيقة',
  ],
  documentKind: ['document kind', 'document type', 'type de document', 'نوع الوثيقة'],
  telephone: ['telephone', 'phone', 'phone number', 'tel', 'portable', 'الهاتف', 'رقم الهاتف'],
  plate: ['plate', 'licence plate', 'license plate', 'immatriculation', 'plaque', 'لوحة الترقيم'],
  account: ['account', 'iban', 'account number', 'compte', 'الحساب', 'رقم الحساب'],
  handle: ['handle', 'user name', 'username', 'pseudo', 'email', 'e mail', 'courriel', 'البريد الإلكتروني'],
  registration: ['registration', 'registration number', 'siren', 'rc', 'السجل التجاري'],
  remark: ['remark', 'remarks', 'comment', 'comments', 'notes', 'remarque', 'remarques', 'ملاحظات'],
};

/** The column that a heading, or a name of `columns`, speaks of. Case, accents and signs count for nothing. */
export function columnOf(heading: string): Column | undefined {
  const plain = plainHeading(heading);
  return columns.find((column) => column === heading || headings[column].some((one) => plainHeading(one) === plain));
}

function plainHeading(heading: string): string {
  return heading
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\s_.'’:#°()-]+/g, ' ')
    .trim();
}
