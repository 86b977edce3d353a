/** One option of a command. `value` names what follows it in the help; without it the option is a flag. */
export interface Option {
  readonly value?: string;
  readonly multiple?: true;
  /** Names something that is yet to be made: nothing that is there stands in for it. */
  readonly isNew?: true;
  readonly describe: string;
}
