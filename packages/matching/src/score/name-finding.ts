/** The findings a name is explained by; each feature of the model belongs to one. */
export type NameFinding = 'words-agree' | 'words-left-over' | 'given-name' | 'family-name' | 'form-of-name';
