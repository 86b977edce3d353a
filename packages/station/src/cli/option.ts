/** One option of a command. `value` names what follows it in the help; without it the option is a flag. */
export interface Option {
  readonly value?: string;
  readonly multiple?: true;
  readonly describe: string;
}
