import { rm, stat } from 'node:fs/promises';
import { type Blobs, checkBlobName } from './blobs.ts';
import { S3Bucket, type S3Terms } from './s3-bucket.ts';
import { fileSource } from './source.ts';

/** Attachments in an S3 bucket. What a finished request stored is durable by the store's own word. */
export function blobsS3(terms: S3Terms): Blobs {
  const bucket = new S3Bucket(terms);
  return {
    keep: async (name, file) => {
      checkBlobName(name);
      await bucket.put(name, fileSource(file, (await stat(file)).size));
      await rm(file);
    },
    find: async (name) => {
      checkBlobName(name);
      return bucket.find(name);
    },
    remove: async (name) => {
      checkBlobName(name);
      await bucket.remove(name);
    },
  };
}
