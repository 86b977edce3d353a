/** Why blinded bytes from outside are not taken. */
export type BlindFaultCode =
  | 'element-malformed'
  | 'element-identity'
  | 'scalar-malformed'
  | 'proof-malformed'
  | 'proof-invalid'
  | 'count-differs'
  | 'table-malformed';

/** The one error of this folder for bytes that do not hold; everything else thrown is a defect. Carries no input. */
export class BlindFault extends Error {
  override readonly name = 'BlindFault';
  readonly code: BlindFaultCode;
  /** Which of several, from 0; absent where there is one. */
  readonly at: number | undefined;

  constructor(code: BlindFaultCode, at?: number) {
    super(at === undefined ? code : `${code} at ${at}`);
    this.code = code;
    this.at = at;
  }
}
