import { Refusal } from '@entente/protocol';

const fullCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Does what writes to a disk, and says in our words when there is no room. @throws Refusal `store-full` */
export async function storeFull<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && fullCodes.has(cause.code)) {
      throw new Refusal('store-full', { retryAfter: 60 }, { cause });
    }
    throw cause;
  }
}
