import type { ImportedDraft, Property } from './imported-draft.ts';
import { LeadInMaking } from './lead-in-making.ts';
import type { Source } from './lead-in-making.ts';

/** The property that stands for the bytes of a file as a whole. */
export const wholeFile = '/file';

/** Begins the lead of a file that is attached as it is, with what was read from it besides. */
export function startFileLead(source: Source, mediaType: string, read: readonly Property[]): LeadInMaking {
  const lead = new LeadInMaking(source, [{ place: wholeFile, value: source.name }, ...read]);
  lead.attach(wholeFile, { name: source.name, mediaType, bytes: source.bytes });
  return lead;
}

/** A file of which nothing could be read: it is attached, and the reason is kept. */
export function unreadableFile(source: Source, mediaType: string, why: string): ImportedDraft {
  const lead = startFileLead(source, mediaType, [{ place: '/contents', value: null }]);
  lead.ledger.keep('/contents', why);
  return lead.finish();
}
