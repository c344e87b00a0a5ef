/** What leads outside and what does not, in every way in which an address can be written. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ownNetworks } from './own-networks.ts';
import type { Interfaces } from './own-networks.ts';
import { isPortOfWeb, problemOfOutsideUrl, reachOf } from './outside-address.ts';

const reach = reachOf([], () => []);

const INSIDE = [
  '0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 100.100.100.200 127.0.0.1 127.255.255.254',
  '168.63.129.16 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1',
  '198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255',
  ':: ::1 fe80::1 fe80::1%eth0 febf::1 fec0::1 fc00::1 fd00:ec2::254 fdff::1 ff02::1 ff0e::1 100::1',
  '::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 0:0:0:0:0:ffff:a9fe:a9fe',
  '64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b::10.0.0.1 64:ff9b:: 64:ff9b:1::1 64:ff9b:1:ffff::8.8.8.8',
  '::127.0.0.1 ::8.8.8.8 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1',
  '5f00::1 4000::1 example.org 1.2.3 1.2.3.4.5 01.2.3.4 2130706433 0x7f000001 nonsense',
].flatMap((line) => line.split(' '));

const OUTSIDE = [
  '1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 128.0.0.1 172.15.255.255 172.32.0.1 192.0.1.1',
  '192.167.255.255 192.169.0.1 198.17.255.255 198.20.0.1 223.255.255.255 168.63.129.17',
  '2606:4700::1111 2a00:1450:4001:80b::200e 2400:: 2003::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 64:ff9b::808:808',
].flatMap((line) => line.split(' '));

describe('where an address leads', () => {
  for (const address of INSIDE) test(`${address} is inside`, () => assert.equal(reach(address), 'inside'));
  test('empty is inside', () => assert.equal(reach(''), 'inside'));
  for (const address of OUTSIDE) test(`${address} is outside`, () => assert.equal(reach(address), 'outside'));
});

test('what an operator allows is told apart, in each way to write it, and nothing beside it is allowed', () => {
  const allowing = reachOf(['10.20.0.0/16', 'fd12::/16', '127.0.0.1']);
  for (const address of ['10.20.1.1', '::ffff:10.20.1.1', '64:ff9b::10.20.1.1', 'fd12::7', '127.0.0.1'])
    assert.equal(allowing(address), 'allowed', address);
  for (const address of ['10.21.0.1', 'fd13::7', '127.0.0.2', '169.254.169.254'])
    assert.equal(allowing(address), 'inside', address);
  assert.equal(allowing('8.8.8.8'), 'outside');
});

test('what this machine is called outside is inside, and so are its neighbours, as its interfaces are now', () => {
  const interfaces: ReturnType<Interfaces> = {};
  const reaching = reachOf(['93.184.215.99'], () => ownNetworks(() => interfaces));
  const near = ['93.184.215.14', '93.184.215.1', '::ffff:93.184.215.14', '2a00:1450:1:2::7', '2a00:1450:1:2:a::1'];
  for (const address of near) assert.equal(reaching(address), 'outside', address);
  const common = { netmask: '', mac: '', internal: false };
  interfaces['eth0'] = [
    { ...common, family: 'IPv4', address: '93.184.215.14', cidr: '93.184.215.14/24' },
    { ...common, family: 'IPv6', address: '2a00:1450:1:2::7', cidr: '2a00:1450:1:2::7/64', scopeid: 0 },
  ];
  interfaces['eth1'] = [{ ...common, family: 'IPv4', address: '8.8.4.4', cidr: '8.8.4.4/0' }];
  for (const address of [...near, '8.8.4.4']) assert.equal(reaching(address), 'inside', address);
  for (const address of ['93.184.216.1', '8.8.8.8', '2a00:1450:1:3::7'])
    assert.equal(reaching(address), 'outside', address);
  assert.equal(reaching('93.184.215.99'), 'allowed');
});

describe('addresses that somebody types', () => {
  for (const [typed, problem] of [
    ['https://hooks.example.org/a?b=c', undefined],
    ['http://8.8.8.8:8080/', undefined],
    ['https://[2606:4700::1111]/', undefined],
    ['https://xn--bcher-kva.example/', undefined],
    ['', /no address of the web/],
    ['hooks.example.org', /no address of the web/],
    ['ftp://example.org/', /no address of the web/],
    ['file:///etc/passwd', /no address of the web/],
    ['gopher://example.org:70/', /no address of the web/],
    ['javascript:alert(1)', /no address of the web/],
    ['https://ann:secret@example.org/', /name or password/],
    ['https://ann@example.org/', /name or password/],
    ['http://example.org:25/', /Port 25/],
    ['http://example.org:22/', /Port 22/],
    ['http://example.org:6667/', /Port 6667/],
    // Every way to write 127.0.0.1 that the URL standard reads, and its relatives.
    ...[
      'http://127.0.0.1/',
      'http://127.1/',
      'http://2130706433/',
      'http://0x7f000001/',
      'http://0x7f.1/',
      'http://0177.0.0.1/',
      'http://017700000001/',
      'http://127.0.0.1./',
      'http://0/',
      'http://①②⑦.⓪.⓪.①/',
      'http://[::1]/',
      'http://[::]/',
      'http://[::ffff:127.0.0.1]/',
      'http://[0:0:0:0:0:ffff:7f00:0001]/',
      'http://[64:ff9b::7f00:1]/',
      'http://[fd00:ec2::254]/latest/meta-data/',
      'http://169.254.169.254/latest/meta-data/',
      'http://2852039166/',
      'http://0xa9fea9fe/',
      'http://0251.0376.0251.0376/',
    ].map((one): [string, RegExp] => [one, /inside of a network/]),
  ] as [string, RegExp | undefined][])
    test(typed === '' ? 'nothing' : typed, () => {
      const found = problemOfOutsideUrl(typed, reach);
      if (problem === undefined) assert.equal(found, undefined);
      else assert.match(found ?? 'no problem', problem);
    });
});

test('ports', () => {
  assert.deepEqual([80, 443, 1024, 3000, 8443, 65_535].filter(isPortOfWeb), [80, 443, 1024, 3000, 8443, 65_535]);
  assert.deepEqual([0, 1, 22, 25, 110, 1023, 2049, 5060, 6000, 6667, 10_080, 65_536].filter(isPortOfWeb), []);
});
