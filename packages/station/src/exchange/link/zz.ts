import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { makeGround, makeKeeping, announce } from '../../custody/attachments/attachment-custody.fixtures.ts';
import { attachmentHandlers } from './attachment-handlers.ts';
import { AttachmentReception } from '../../custody/attachments/receive-attachment.ts';
import { storeAttachment } from '../../custody/attachments/store-attachment.ts';
import { openAttachment } from '../../custody/attachments/open-attachment.ts';
import { counterpart, handlersNoting, identityOf, serverFor } from './peer-server.fixtures.ts';
import { PeerClient } from './peer-client.ts';
import { exchangeAttachments } from './exchange-attachments.ts';
const [frI, maI] = [await identityOf('fr', 1), await identityOf('ma', 2)];
const GB = 2 * 1024 ** 3;
const rss = () => Math.round(process.resourceUsage().maxRSS / 1024);
if (process.argv[2] === 'child') {
  process.once('message', async (m: any) => {
    const { ground, port, recipient } = m;
    const fr = await makeKeeping(ground, 'fr');
    const piece = randomBytes(1 << 20);
    async function* src() { for (let i = 0; i < GB; i += piece.length) yield piece; }
    let t = performance.now();
    const file = await storeAttachment(fr.custody, 1, recipient, src(), GB);
    console.log('store MB/s', GB / 1e3 / (performance.now() - t), 'rss', rss());
    await announce(fr, true, file);
    process.send!({ file });
    process.once('message', async () => {
      const client = new PeerClient({ address: `https://127.0.0.1:${port}`, identity: frI, counterpart: maI.pin });
      t = performance.now();
      const pass = await exchangeAttachments({ custody: fr.custody, reception: new AttachmentReception(fr.custody), relation: 1, client, direction: 'send', letUrgentPass: async () => {} });
      console.log('push MB/s', GB / 1e3 / (performance.now() - t), pass.sent.length, 'rss', rss());
      await client.close(); await fr.close(); process.send!({ done: 1 }); process.disconnect();
    });
  });
} else {
  const ground = await makeGround();
  const ma = await makeKeeping(ground, 'ma');
  const attachments = attachmentHandlers(ma.custody, new AttachmentReception(ma.custody), 1);
  const door = await serverFor(maI, [[frI, counterpart('fr-ma', handlersNoting([], { attachments }))]]);
  const child = fork(import.meta.filename, ['child']);
  child.send({ ground: { folder: ground.folder, postgres: { url: ground.postgres.url } }, port: door.port, recipient: ma.sealing.recipient });
  const file: any = await new Promise((r) => child.once('message', (m: any) => r(m.file)));
  await announce(ma, false, file);
  child.send('go');
  await new Promise((r) => child.once('message', r));
  const t = performance.now();
  let n = 0;
  for await (const b of (await openAttachment(ma.custody, { relation: 1, own: false, sealedSha256: file.sealedSha256 })).bytes) n += b.length;
  console.log('open MB/s', GB / 1e3 / (performance.now() - t), n === GB, 'receiver rss', rss());
  await door.stop(); await ma.close(); await ground.remove();
}
