import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientAddresses } from './client-address.ts';
import { isNetwork, ownerOf } from './networks.ts';

const DIRECT = clientAddresses([]);
const BEHIND = clientAddresses(['127.0.0.1', '::1', '10.0.0.0/8', 'fd00::/8']);

test('without a trusted proxy nobody’s word is taken: the connection says where a request comes from', () => {
  assert.equal(DIRECT({ peer: '203.0.113.7', forwardedFor: undefined }), '203.0.113.7');
  assert.equal(DIRECT({ peer: '127.0.0.1', forwardedFor: '198.51.100.1' }), '127.0.0.1');
  assert.equal(BEHIND({ peer: '203.0.113.7', forwardedFor: '198.51.100.1' }), '203.0.113.7');
});

test('a trusted proxy says whom it was asked by, and what was written before is not believed', () => {
  assert.equal(BEHIND({ peer: '127.0.0.1', forwardedFor: '198.51.100.1' }), '198.51.100.1');
  assert.equal(BEHIND({ peer: '127.0.0.1', forwardedFor: '1.1.1.1, 198.51.100.1' }), '198.51.100.1');
  assert.equal(BEHIND({ peer: '::1', forwardedFor: '1.1.1.1, 198.51.100.1, 10.2.3.4' }), '198.51.100.1');
  assert.equal(BEHIND({ peer: '::ffff:127.0.0.1', forwardedFor: '198.51.100.1:4711' }), '198.51.100.1');
  assert.equal(BEHIND({ peer: 'fd12::9', forwardedFor: '[2001:db8:1:2::5]:443' }), '2001:db8:1:2::/64');
});

test('a chain of trusted addresses ends at the first of them; nonsense is not an address', () => {
  assert.equal(BEHIND({ peer: '127.0.0.1', forwardedFor: '10.1.1.1' }), '10.1.1.1');
  assert.equal(BEHIND({ peer: '127.0.0.1', forwardedFor: 'one thing after another' }), '127.0.0.1');
  assert.equal(BEHIND({ peer: '127.0.0.1', forwardedFor: 'anything, 10.1.1.1' }), '10.1.1.1');
  assert.equal(BEHIND({ peer: '127.0.0.1', forwardedFor: '' }), '127.0.0.1');
  assert.equal(BEHIND({ peer: '', forwardedFor: '198.51.100.1' }), '');
});

test('an IPv6 address stands for its /64 in whatever spelling', () => {
  const same = [
    '2001:db8:0:5::1',
    '2001:0DB8:0000:0005:ffff:ffff:ffff:ffff',
    '2001:db8::5:0:0:192.0.2.1',
    '2001:db8::5:1:0:0:1',
  ];
  for (const address of same) assert.equal(ownerOf(address), '2001:db8:0:5::/64', address);
  assert.equal(ownerOf('::1'), '0:0:0:0::/64');
  assert.equal(ownerOf('fe80::1%eth0'), 'fe80:0:0:0::/64');
  assert.equal(ownerOf('2001:db8::'), '2001:db8:0:0::/64');
  assert.equal(ownerOf('::ffff:192.0.2.1'), '192.0.2.1');
  assert.notEqual(ownerOf('2001:db8:0:6::1'), ownerOf(same[0] ?? ''));
});

test('networks are told from other texts', () => {
  for (const good of ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8', '0.0.0.0/0']) assert.ok(isNetwork(good), good);
  for (const bad of ['', 'localhost', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '::/129', '1.2.3', 'a/8'])
    assert.ok(!isNetwork(bad), bad);
});
