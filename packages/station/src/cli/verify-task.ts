import type { PartyId, RefusalCode, RefusalDetail } from '@entente/protocol';
import type { AccordChain, Keyset } from '@entente/wire';
import { nodeCrypto } from '../adapters/node-crypto.ts';
import type { Piece } from './piece.ts';
import { SignatureBook, type SignatureCount } from './signature-book.ts';
import { type Claim, claimsOfPiece, type PieceFound, verifyPiece } from './verify-piece.ts';

/** What a channel's signatures are verified by. */
export interface Signers {
  readonly party: PartyId;
  readonly chain: AccordChain;
  readonly keysets: readonly Keyset[];
}

/** What a thread is asked. Where it was told the signers of a file, it checks the signatures of the pieces that follow. */
export type ThreadTask =
  | { readonly kind: 'signers'; readonly path: string; readonly signers: Signers }
  | { readonly kind: 'entries'; readonly piece: Piece }
  | { readonly kind: 'claims'; readonly piece: Piece }
  | { readonly kind: 'count'; readonly path: string };

export interface ThreadAnswers {
  readonly signers: undefined;
  readonly entries: PieceFound;
  readonly claims: readonly Claim[];
  readonly count: SignatureCount | undefined;
}

export type ThreadAnswer = ThreadAnswers[ThreadTask['kind']];

export type ThreadReply =
  | { readonly kind: 'done'; readonly answer: ThreadAnswer }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: RefusalDetail };

/** Answers a thread's tasks, in order. */
export class TaskAnswers {
  readonly #books = new Map<string, SignatureBook>();

  /** @throws Refusal as the task does */
  answer(task: ThreadTask): ThreadAnswer {
    switch (task.kind) {
      case 'signers': {
        const { party, chain, keysets } = task.signers;
        this.#books.set(task.path, new SignatureBook(nodeCrypto, party, chain, keysets));
        return undefined;
      }
      case 'entries':
        return verifyPiece(nodeCrypto, task.piece, this.#books.get(task.piece.path));
      case 'claims':
        return claimsOfPiece(task.piece);
      case 'count':
        return this.#books.get(task.path)?.count;
      default:
        return task satisfies never;
    }
  }
}
