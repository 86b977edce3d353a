import type { Route } from '../route.ts';
import { count, digits, hex64, objectOf, textOf, uuid } from '../schema.ts';

/** 64 TiB, what a body may name. */
const largest = 2 ** 46;

const upload = objectOf(
  { upload: uuid, name: textOf(255), mediaType: textOf(127), size: count, have: count },
  /** Once the whole is here: its plaintext's hash, and the sealed file's size and hash. */
  { sha256: hex64, sealedSize: count, sealedSha256: hex64 },
);

const path = '/v1/relations/{relation}/uploads';

/** Files are sent before the acts that name them, in pieces of any size, and go on where they were cut. */
export const attachmentRoutes: readonly Route[] = [
  {
    name: 'createUpload',
    method: 'POST',
    path,
    summary: 'Announces a file',
    access: 'acts.write',
    body: {
      kind: 'json',
      maximum: 4096,
      schema: objectOf({
        name: textOf(255),
        mediaType: textOf(127),
        size: { type: 'integer', minimum: 0, maximum: largest },
      }),
    },
    answer: { kind: 'json', status: 201, schema: upload },
    refusals: ['relation-unknown', 'store-full'],
  },
  {
    name: 'readUpload',
    method: 'GET',
    path: `${path}/{upload}`,
    summary: 'How much of a file is here',
    access: 'acts.write',
    answer: { kind: 'json', status: 200, schema: upload },
    refusals: ['relation-unknown', 'attachment-unknown'],
  },
  {
    name: 'appendUpload',
    method: 'PUT',
    path: `${path}/{upload}`,
    summary: 'The next bytes, from `offset` on, as application/octet-stream; what arrived before a cut is kept',
    access: 'acts.write',
    query: { required: { offset: digits } },
    body: { kind: 'bytes', maximum: largest },
    answer: { kind: 'json', status: 200, schema: upload },
    refusals: ['relation-unknown', 'attachment-unknown', 'gap', 'too-large', 'store-full'],
  },
];
