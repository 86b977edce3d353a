import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { after, before, test } from 'node:test';
import { connect, type ConnectionOptions } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LogSize, Refusal, type RelationId, type Sha256Hex } from '@entente/protocol';
import { type TlsIdentity } from '../../adapters/tls-certificate.ts';
import { PeerClient } from './peer-client.ts';
import { counterpart, handlersNoting, identityOf, serverFor } from './peer-server.fixtures.ts';
import { type PeerServer } from './peer-server.ts';

const sealedName = createHash('sha256').digest('hex') as Sha256Hex;
const server = await identityOf('ma', 1);
const fr = await identityOf('fr', 2);
const es = await identityOf('es', 3);
const stranger = await identityOf('xx', 4);
const witness = await identityOf('w', 5);
const askedByFr: string[] = [];
const askedByEs: string[] = [];
const askedByWitness: string[] = [];
let door: PeerServer;

before(async () => {
  const handlers = handlersNoting(askedByWitness);
  door = await serverFor(server, [
    [fr, counterpart('fr-ma', handlersNoting(askedByFr))],
    [es, counterpart('es-ma', handlersNoting(askedByEs))],
    [witness, { kind: 'witness', relation: 'fr-ma' as RelationId, handlers }],
  ]);
});
after(() => door.stop());

async function withClient<Result>(
  identity: TlsIdentity,
  verb: (client: PeerClient) => Promise<Result>,
  { port = door.port, pinned = server }: { port?: number; pinned?: TlsIdentity } = {},
): Promise<Result> {
  const client = new PeerClient({ address: `https://127.0.0.1:${port}`, identity, counterpart: pinned.pin });
  try {
    return await verb(client);
  } finally {
    await client.close();
  }
}

function refusedWith(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.code, code);
    return true;
  };
}

/** Speaks TLS by hand. Resolves with all that came back once the connection is closed. */
function speak(
  options: ConnectionOptions,
  text: string,
  port = door.port,
): Promise<{ heard: string; resumed: boolean }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
    let heard = '';
    let resumed = false;
    socket.on('data', (bytes: Buffer) => (heard += bytes.toString()));
    socket.once('secureConnect', () => {
      resumed = socket.isSessionReused();
      socket.write(text);
    });
    socket.once('error', reject);
    socket.once('close', () => resolve({ heard, resumed }));
  });
}

const heads = 'GET /peer/v1/heads HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
const shown = ({ key, certificate }: TlsIdentity): ConnectionOptions => ({ key, cert: certificate });

test('both ends that know each other exchange heads, parcels, express parcels, notes and notices', async () => {
  await withClient(fr, async (client) => {
    assert.deepEqual(await client.readHeads(), { have: 3, mine: 7 });
    assert.deepEqual(await client.sendParcel(new Uint8Array(5)), { have: 5, cosigned: 'note\n' });
    assert.deepEqual([...(await client.sendExpress(Uint8Array.of(1, 2)))], [1, 2]);
    await client.sendCosigned('a note\n');
    await client.sendNotice(new Uint8Array(9));
  });
  assert.deepEqual(askedByFr.splice(0), ['heads', 'parcel 5', 'express 2', 'cosigned a note\n', 'notice 9']);
});

test('two counterparts on one port reach each their own relation and nothing of the other', async () => {
  await withClient(es, (client) => client.readHeads());
  assert.deepEqual(askedByEs.splice(0), ['heads']);
  assert.deepEqual(askedByFr, []);
});

test('a witness reads checkpoints and nothing else', async () => {
  await withClient(witness, async (client) => {
    assert.equal(Buffer.from(await client.readLog('opaque-7', 'checkpoint')).toString(), 'a checkpoint\n');
    await assert.rejects(client.readHeads(), refusedWith('usage'));
    await assert.rejects(client.readLog('opaque-7', 'tile/0/000'), refusedWith('usage'));
  });
  assert.deepEqual(askedByWitness, ['checkpoint opaque-7']);
});

test('a certificate nobody pinned is shut out before a byte of HTTP', async () => {
  const { heard } = await speak(shown(stranger), heads).catch(() => ({ heard: '' }));
  assert.equal(heard, '');
  await assert.rejects(
    withClient(stranger, (client) => client.readHeads()),
    refusedWith('link-down'),
  );
});

test('no certificate at all is shut out', async () => {
  const { heard } = await speak({}, heads).catch(() => ({ heard: '' }));
  assert.equal(heard, '');
});

test('our client says nothing to a station that shows another certificate', async () => {
  await assert.rejects(
    withClient(fr, (client) => client.readHeads(), { pinned: es }),
    refusedWith('key-unknown'),
  );
  assert.deepEqual(askedByFr, []);
});

test('the right key in another certificate is not enough', async () => {
  const renamed = await identityOf('xx', 2);
  assert.deepEqual(renamed.pin.publicKey, fr.pin.publicKey);
  await assert.rejects(
    withClient(renamed, (client) => client.readHeads()),
    refusedWith('link-down'),
  );
});

test('plain HTTP and TLS 1.2 get no answer', async () => {
  await assert.rejects(
    new Promise((resolve, reject) => {
      plainRequest({ port: door.port, host: '127.0.0.1', path: '/peer/v1/heads' }, resolve).on('error', reject).end();
    }),
  );
  await assert.rejects(speak({ ...shown(fr), maxVersion: 'TLSv1.2' }, heads));
  assert.deepEqual(askedByFr, []);
});

test('a key exchange that a future quantum computer could open is refused', async () => {
  await assert.rejects(speak({ ...shown(fr), ecdhCurve: 'X25519' }, heads));
});

test('no session is ever resumed', async () => {
  const sessions: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const socket = connect({ port: door.port, host: '127.0.0.1', rejectUnauthorized: false, ...shown(fr) });
    socket.on('session', (session) => sessions.push(session));
    socket.once('secureConnect', () => socket.write(heads));
    socket.resume().once('close', () => resolve());
  });
  for (const session of [...sessions, undefined]) {
    const { resumed, heard } = await speak({ ...shown(fr), ...(session ? { session } : {}) }, heads);
    assert.equal(resumed, false);
    assert.match(heard, /"have":3/);
  }
  askedByFr.splice(0);
});

test('a key that is taken back ends at the next request of an open connection', async () => {
  const admitted = [[fr, counterpart('fr-ma', handlersNoting([]))]] as const;
  const list = [...admitted];
  const own = await serverFor(server, list);
  await withClient(
    fr,
    async (client) => {
      await client.readHeads();
      list.pop();
      await assert.rejects(client.readHeads(), refusedWith('link-down'));
    },
    { port: own.port },
  );
  await own.stop();
});

test('a body above the limit is refused by its declared length, and one of undeclared length too', async () => {
  const own = await serverFor(server, [[fr, counterpart('fr-ma', handlersNoting(askedByFr))]], { parcelBytes: 1000 });
  const tooLong = await speak(
    shown(fr),
    'POST /peer/v1/parcels HTTP/1.1\r\nhost: x\r\ncontent-length: 1001\r\n\r\n',
    own.port,
  );
  assert.match(tooLong.heard, /^HTTP\/1.1 413 .*"code":"too-large"/s);
  const chunked = await speak(
    shown(fr),
    'POST /peer/v1/parcels HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\naaaaa\r\n',
    own.port,
  );
  assert.match(chunked.heard, /^HTTP\/1.1 400 /);
  assert.deepEqual(askedByFr, []);
  await own.stop();
});

test('headers above the limit end the connection', async () => {
  const { heard } = await speak(shown(fr), `GET /peer/v1/heads HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(9000)}\r\n\r\n`);
  assert.equal(heard, '');
});

test('who sends a request or a body drop by drop is cut off', async () => {
  const own = await serverFor(server, [[fr, counterpart('fr-ma', handlersNoting(askedByFr))]], {
    headers: 300,
    silence: 300,
    slowestBytesPerSecond: 1e6,
  });
  const started = performance.now();
  for (const beginning of [
    'GET /peer/v1/heads HTTP/1.1\r\nhost: x\r\n',
    'POST /peer/v1/parcels HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n',
  ]) {
    const socket = connect({ port: own.port, host: '127.0.0.1', rejectUnauthorized: false, ...shown(fr) });
    socket.on('error', () => {});
    socket.resume().write(beginning);
    while (!socket.closed) {
      socket.write('x');
      await sleep(50);
    }
  }
  assert.ok(performance.now() - started < 6000);
  assert.deepEqual(askedByFr, []);
  await own.stop();
});

test('who opens TCP and says nothing is cut off', async () => {
  const own = await serverFor(server, [], { handshake: 200 });
  await new Promise<void>((resolve) => {
    connectTcp(own.port, '127.0.0.1')
      .once('close', () => resolve())
      .on('error', () => {})
      .resume();
  });
  await own.stop();
});

test('more requests at once, or in a second, than a counterpart may make are told when to come again', async () => {
  const own = await serverFor(
    server,
    [
      [fr, counterpart('fr-ma', handlersNoting([]))],
      [es, counterpart('es-ma', handlersNoting([]))],
    ],
    { requestsAtOnce: 2, requestsInBurst: 5, requestsPerSecond: 0.001 },
  );
  await withClient(
    fr,
    async (client) => {
      const polls = [client.fetchParcel(0 as LogSize, 2), client.fetchParcel(1 as LogSize, 2)];
      await sleep(200);
      await assert.rejects(client.readHeads(), (error) => refusedWith('quota-exceeded')(error) && retryOf(error) === 1);
      assert.deepEqual(await Promise.all(polls), [undefined, undefined]);
      for (let at = 0; at < 3; at++) await client.readHeads();
      await assert.rejects(client.readHeads(), refusedWith('quota-exceeded'));
    },
    { port: own.port },
  );
  await withClient(es, (client) => client.readHeads(), { port: own.port });
  await own.stop();
});

function retryOf(error: unknown): number | undefined {
  return error instanceof Refusal ? error.detail.retryAfter : undefined;
}

test('more connections than a counterpart may hold are closed', async () => {
  const own = await serverFor(server, [[fr, counterpart('fr-ma', handlersNoting([]))]], { connectionsAtOnce: 1 });
  await withClient(
    fr,
    async (client) => {
      await client.readHeads();
      await assert.rejects(
        withClient(fr, (other) => other.readHeads(), { port: own.port }),
        refusedWith('link-down'),
      );
      await client.readHeads();
    },
    { port: own.port },
  );
  await withClient(fr, (client) => client.readHeads(), { port: own.port });
  await own.stop();
});

test('a long poll ends when a parcel is there, and is forgotten when the asker hangs up', async () => {
  const polls: { readonly over: AbortSignal; readonly give: (sealed: Uint8Array) => void }[] = [];
  const handlers = handlersNoting([], {
    awaitParcel: (_from, over) => new Promise((give) => polls.push({ over, give })),
  });
  const own = await serverFor(server, [[fr, counterpart('fr-ma', handlers)]]);
  await withClient(
    fr,
    async (client) => {
      const waiting = client.fetchParcel(0 as LogSize, 60);
      while (polls.length < 1) await sleep(5);
      polls[0]?.give(Uint8Array.of(9));
      assert.deepEqual([...((await waiting) ?? [])], [9]);
      const hungUp = new AbortController();
      const left = client.fetchParcel(0 as LogSize, 60, hungUp.signal);
      while (polls.length < 2) await sleep(5);
      hungUp.abort();
      await assert.rejects(left, refusedWith('link-down'));
      while (polls[1]?.over.aborted !== true) await sleep(5);
    },
    { port: own.port },
  );
  await own.stop();
});

test('a refusal crosses with its code; what our machine lacks crosses without where', async () => {
  const refusing = (refusal: Refusal): Promise<never> => Promise.reject(refusal);
  const handlers = handlersNoting([], {
    acceptParcel: () => refusing(new Refusal('gap', { where: 'range', what: 'starts at 7' })),
    acceptExpress: () => refusing(new Refusal('store-full', { where: '/var/lib/secret', retryAfter: 30 })),
  });
  const own = await serverFor(server, [[fr, counterpart('fr-ma', handlers)]]);
  await withClient(
    fr,
    async (client) => {
      await assert.rejects(client.sendParcel(new Uint8Array(1)), (error) => {
        assert.ok(error instanceof Refusal);
        return error.code === 'gap' && error.detail.what === 'starts at 7';
      });
      await assert.rejects(client.sendExpress(new Uint8Array(1)), (error) => {
        assert.ok(error instanceof Refusal);
        assert.deepEqual(error.detail, { retryAfter: 30 });
        return error.code === 'store-full';
      });
    },
    { port: own.port },
  );
  await own.stop();
});

test('the C2SP read and witness API answers by origin and tile, in one spelling', async () => {
  await withClient(fr, async (client) => {
    await client.readLog('fr/ma/1', 'checkpoint');
    await client.readLog('fr/ma/1', 'tile/0/x001/234.p/5');
    await client.readLog('fr/ma/1', 'tile/entries/000');
    assert.deepEqual(await client.addCheckpoint('fr/ma/1', 'old 0\n\n'), {
      status: 409,
      contentType: 'text/x.tlog.size',
      body: '12\n',
    });
    await assert.rejects(client.readLog('fr/ma/1', 'tile/0/1'), refusedWith('field-malformed'));
    await assert.rejects(client.readLog('fr/../ma', 'checkpoint'), refusedWith('usage'));
  });
  assert.deepEqual(askedByFr.splice(0), [
    'checkpoint fr/ma/1',
    'tile fr/ma/1 0 1234 5',
    'tile fr/ma/1 entries 0 256',
    'add fr/ma/1',
  ]);
});

test('attachments are asked for by offset, sent by piece and fetched by range', async () => {
  await withClient(fr, async (client) => {
    assert.deepEqual(await client.readOffset(sealedName), { have: 5, size: 9 });
    const sent = await client.sendPiece(
      sealedName,
      5,
      3,
      (async function* () {
        yield Uint8Array.of(1);
        yield Uint8Array.of(2, 3);
      })(),
    );
    assert.deepEqual(sent, { have: 8, size: 10_000_000 });
    const { size, bytes } = await client.fetchPiece(sealedName, 4);
    let length = 0;
    for await (const part of bytes) length += part.length;
    assert.deepEqual([size, length], [9, 5]);
  });
  assert.deepEqual(askedByFr.splice(0), ['offset', 'append 5', 'read 4']);
});

test('a station that cannot be reached is a link that is down', async () => {
  await assert.rejects(
    withClient(fr, (client) => client.readHeads(), { port: 1 }),
    (error) => refusedWith('link-down')(error) && error instanceof Refusal && error.detail.what === 'ECONNREFUSED',
  );
});
