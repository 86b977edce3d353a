// {"proposal":"<b64 of the accord signed by one party>","terms":"<text of its terms file>","v":1}
import { canonicalJson, Refusal } from '@entente/protocol';
import { type AccordFile, verifyProposal } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import { readWrittenObject, textIn } from './json-file.ts';
import { type CheckedTerms, readTerms, type TermsFile, writeTerms } from './terms-file.ts';

/** An accord as one party proposes it, with what the other needs to check it. */
export interface ProposalFile {
  readonly proposal: Uint8Array;
  readonly terms: CheckedTerms;
  readonly file: AccordFile;
}

export function writeProposal(proposal: Uint8Array, terms: TermsFile): string {
  return `${canonicalJson({ v: 1, proposal: proposal.toBase64(), terms: writeTerms(terms) })}\n`;
}

/** Reads a proposal and verifies the proposer's two signatures. @throws Refusal */
export function readProposal(bytes: Uint8Array): ProposalFile {
  const value = readWrittenObject(bytes, 'proposal');
  if (value['v'] !== 1) throw new Refusal('field-malformed', { where: 'proposal.v' });
  const proposal = Uint8Array.fromBase64(textIn(value, 'proposal', 'proposal'));
  const terms = readTerms(new TextEncoder().encode(textIn(value, 'terms', 'proposal')), 'proposal.terms');
  return { proposal, terms, file: verifyProposal(nodeCrypto, proposal, terms.root) };
}
