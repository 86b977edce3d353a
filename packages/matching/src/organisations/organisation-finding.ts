/** What only a comparison of organisations finds. */
export type OrganisationFinding =
  | 'organisations-prior'
  | 'trade-words-agree'
  | 'same-legal-form'
  | 'other-legal-form'
  | 'acronym';
