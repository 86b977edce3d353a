import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { generateSealingIdentity, sealingRecipientOf } from '@entente/wire';
import { s3Keys, type S3Server, startS3Server } from '../../packages/station/src/adapters/s3-server.fixtures.ts';
import { nodeCrypto } from '../../packages/station/src/adapters/node-crypto.ts';
import { backUp } from '../../packages/station/src/custody/backup.ts';
import { openDatabase } from '../../packages/station/src/store/database.ts';
import { twoParties, type TwoParties } from '../support/two-parties.fixtures.ts';

let parties: TwoParties;
let bucket: S3Server;
before(async () => {
  parties = await twoParties();
  bucket = await startS3Server();
});
after(async () => {
  await bucket.stop();
  await parties.close();
});

test('a restore looks for attachments in the bucket that the environment names, and awaits only what is not there', async () => {
  const { parts, folder } = parties.fr;
  for (const name of ['aa', 'bb']) {
    await parts.database.query(
      `insert into attachment (relation, own, sealed_sha256, sealed_size, sha256, size, state, made)
       values (1, true, decode(repeat($1, 32), 'hex'), 3, decode(repeat($1, 32), 'hex'), 3, 'present', 0)`,
      [name],
    );
  }
  bucket.objects.set(`1/own/${'aa'.repeat(32)}`, Buffer.from('abc'));
  const identity = await generateSealingIdentity();
  const recipient = await sealingRecipientOf(identity);
  const [file, key] = [join(folder, 'backup.age'), join(folder, 'backup.identity')];
  await writeFile(file, backUp(parts.database, nodeCrypto, recipient, parts.clock.now()));
  await writeFile(key, `${identity}\n`);
  await parts.database.query('create database fr_restored');
  const url = new URL(parts.database.options.connectionString ?? '');
  url.pathname = '/fr_restored';

  const child = spawn(process.execPath, [main, 'restore', '--home', join(folder, 'anew'), '--identity', key, file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: url.href,
      BLOBS_URL: `${bucket.endpoint}/attachments`,
      AWS_ACCESS_KEY_ID: s3Keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3Keys.secretAccessKey,
    },
  });
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  const restored = await openDatabase(url.href, 1);
  const { rows } = await restored.query<{ name: string; state: string }>(
    `select left(encode(sealed_sha256, 'hex'), 2) as name, state from attachment order by 1`,
  );
  await restored.end();
  assert.deepEqual(rows, [
    { name: 'aa', state: 'present' },
    { name: 'bb', state: 'awaited' },
  ]);
});

const main = new URL('../../packages/station/src/main.ts', import.meta.url).pathname;
