/** Requests to addresses that strangers chose, against real servers on this machine, which stand for what must not be reached. */

import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startReceiver } from '../../../test/receiver.ts';
import type { Receiver } from '../../../test/receiver.ts';
import { ForbiddenAddress, postOutside } from './post-outside.ts';
import type { Lookup, PostOptions } from './post-outside.ts';

let receiver: Receiver;
before(async () => void (receiver = await startReceiver()));
after(async () => await receiver[Symbol.asyncDispose]());
beforeEach(() => {
  receiver.got.length = 0;
  receiver.faults.length = 0;
});

const never = new AbortController().signal;
const LOCAL = ['127.0.0.1'];

/** A name server that answers each question with the next of these; the last one again and again. */
function names(...answers: string[][]): Lookup & { asked: string[] } {
  const asked: string[] = [];
  const lookup: Lookup = (hostname, _options, done) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    const found = addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
    setImmediate(() => done(null, found));
  };
  return Object.assign(lookup, { asked });
}

async function send(path: string, options: Partial<PostOptions> = {}, host = '127.0.0.1') {
  const post = postOutside({ allowed: LOCAL, patienceMs: 1_500, ...options });
  return await post({ url: `http://${host}:${receiver.port}${path}`, headers: { 'X-A': 'b' }, body: '{"ü":1}' }, never);
}

test('what is sent arrives as it is', async () => {
  const { status } = await send('/in?x=1');
  assert.equal(status, 204);
  const [got] = receiver.got;
  assert.deepEqual([got?.method, got?.path, got?.body, got?.headers['x-a']], ['POST', '/in?x=1', '{"ü":1}', 'b']);
  assert.equal(got?.headers.host, `127.0.0.1:${receiver.port}`);
  assert.equal(got?.headers.connection, 'close');
});

test('without being allowed, nothing on this machine is asked', async () => {
  await assert.rejects(send('/', { allowed: [] }), ForbiddenAddress);
  await assert.rejects(send('/', { allowed: ['10.0.0.0/8'] }), ForbiddenAddress);
  assert.equal(receiver.got.length, 0);
});

describe('names', () => {
  test('one that leads to an address inside is not asked', async () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '169.254.169.254', '10.1.2.3', 'fd00::1', '0.0.0.0'])
      await assert.rejects(send('/', { allowed: [], lookup: names([address]) }, 'hooks.example'), (error: Error) => {
        assert.ok(error instanceof ForbiddenAddress);
        assert.match(error.message, /^hooks\.example leads to .* not on the internet$/);
        return true;
      });
    assert.equal(receiver.got.length, 0);
  });

  test('the address that was checked is the one that is connected to: a second answer is not asked for', async () => {
    // 127.0.0.2 stands for an address on the internet, 127.0.0.1, where the receiver listens, for one inside.
    const rebinding = names(['127.0.0.2'], ['127.0.0.1']);
    await assert.rejects(send('/', { allowed: ['127.0.0.2'], lookup: rebinding }, 'rebind.example'), /ECONNREFUSED/);
    assert.deepEqual(rebinding.asked, ['rebind.example'], 'asked once, at the connection');
    await assert.rejects(
      send('/', { allowed: ['127.0.0.2'], lookup: rebinding }, 'rebind.example'),
      (error) => error instanceof ForbiddenAddress,
      'the next connection asks anew, and what it is told now is checked',
    );
    assert.equal(receiver.got.length, 0);
  });

  test('of several addresses only those outside are connected to', async () => {
    // Node tries the next one where the first does not answer: it must not be given any that it may not try.
    const mixed = names(['127.0.0.2', '127.0.0.1', '::1']);
    await assert.rejects(send('/', { allowed: ['127.0.0.2'], lookup: mixed }, 'mixed.example'), /ECONNREFUSED/);
    assert.equal(receiver.got.length, 0);
    const good = names(['10.9.9.9', '127.0.0.1']);
    assert.equal((await send('/', { lookup: good }, 'mixed.example')).status, 204);
  });

  test('a dot at the end changes nothing', async () => {
    const lookup = names(['127.0.0.1']);
    assert.equal((await send('/', { lookup }, 'dotted.example.')).status, 204);
    assert.deepEqual(lookup.asked, ['dotted.example']);
    assert.equal(receiver.got[0]?.headers.host, `dotted.example:${receiver.port}`);
    await assert.rejects(send('/', { allowed: [], lookup }, 'localhost.'), ForbiddenAddress);
  });

  test('the system is asked where nothing else is said: localhost is this machine', async () => {
    await assert.rejects(send('/', { allowed: [] }, 'localhost'), ForbiddenAddress);
    assert.equal(receiver.got.length, 0);
  });
});

test('redirects are not followed, wherever they lead', async () => {
  for (const location of ['http://169.254.169.254/latest/meta-data/', `${receiver.url}/elsewhere`, '//localhost/']) {
    for (const status of [301, 302, 303, 307, 308]) {
      receiver.faults.push({ kind: 'status', status, headers: { Location: location } });
      assert.deepEqual(await send('/').then(({ status: got, location: to }) => [got, to]), [status, location]);
    }
  }
  assert.ok(receiver.got.every(({ path }) => path === '/'));
});

describe('receivers that misbehave', () => {
  test('one that does not answer is given up', async () => {
    receiver.faults.push({ kind: 'stall' });
    await assert.rejects(send('/', { patienceMs: 300 }), /no answer within 0\.3 seconds/);
  });

  test('one that cuts the connection', async () => {
    receiver.faults.push({ kind: 'drop' });
    await assert.rejects(send('/'), /socket hang up|ECONNRESET/);
  });

  test('one that answers without end: the status counts, the rest is not read', async () => {
    receiver.faults.push({ kind: 'drip' });
    assert.equal((await send('/', { patienceMs: 400 })).status, 200);
    receiver.sent = 0;
    receiver.faults.push({ kind: 'huge', bytes: 200_000_000, status: 200 });
    assert.equal((await send('/')).status, 200);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.ok(receiver.sent < 20_000_000, `${receiver.sent} bytes were taken`);
  });

  test('headers of a megabyte', async () => {
    receiver.faults.push({ kind: 'status', status: 200, headers: { 'X-Long': 'x'.repeat(1_000_000) } });
    await assert.rejects(send('/'), /overflow|HPE/i);
  });

  test('one that is told to stop stops', async () => {
    receiver.faults.push({ kind: 'stall' });
    const controller = new AbortController();
    const post = postOutside({ allowed: LOCAL });
    const asked = post({ url: receiver.url, headers: {}, body: '' }, controller.signal);
    setTimeout(() => controller.abort(new Error('the program ends')), 100);
    await assert.rejects(asked, /the program ends/);
  });
});

test('what is said inside of a network is not told to whoever set the address', async () => {
  receiver.faults.push({ kind: 'status', status: 500, body: 'secret of a lab' });
  assert.deepEqual(await send('/').then(({ status, said }) => [status, said]), [500, '']);
});

test('a proxy in the environment is not used', async () => {
  process.env['HTTP_PROXY'] = 'http://127.0.0.1:9';
  process.env['NODE_USE_ENV_PROXY'] = '1';
  try {
    assert.equal((await send('/')).status, 204);
  } finally {
    delete process.env['HTTP_PROXY'];
    delete process.env['NODE_USE_ENV_PROXY'];
  }
});
