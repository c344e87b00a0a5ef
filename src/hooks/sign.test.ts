import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSecret, signatureHeaders } from './sign.ts';

test('signatures are those of the Standard Webhooks convention: its own example', () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
  assert.deepEqual(signatureHeaders(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']), {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('two secrets make two signatures, either of which a receiver may know', () => {
  const [one, two] = [makeSecret(), makeSecret()];
  assert.match(one, /^whsec_[\w+/]{43}=$/);
  assert.notEqual(one, two);
  const signed = (...secrets: string[]) =>
    signatureHeaders({ id: 'msg_1', timestamp: 1, body: 'ü' }, secrets)['webhook-signature'];
  assert.equal(signed(one, two), `${signed(one)} ${signed(two)}`);
});
