import { Refusal } from '@entente/protocol';
import { checkDropName, checkDropSize, type DeadDrop, isDropName, mostDropItems } from './dead-drop.ts';
import { S3Bucket, type S3Terms } from './s3-bucket.ts';

/** A dead drop in an S3 bucket both reach, each with keys of its own. */
export function deadDropS3(terms: S3Terms): DeadDrop {
  const bucket = new S3Bucket(terms);
  return {
    put: async (name, source) => {
      checkDropName(name);
      await bucket.put(name, source);
    },
    list: async (prefix) =>
      (await bucket.list(prefix, mostDropItems)).filter(
        ({ name, size }) => isDropName(name) && Number.isSafeInteger(size),
      ),
    read: async (name, most) => {
      checkDropName(name);
      const found = await bucket.find(name);
      if (found === undefined) throw new Refusal('attachment-unknown', { where: name });
      checkDropSize(name, found.size, most);
      return found;
    },
    remove: async (name) => {
      checkDropName(name);
      await bucket.remove(name);
    },
  };
}
