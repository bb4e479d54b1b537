import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicAddress } from './public-address.ts';

const PUBLIC = ['1.1.1.1', '93.184.215.14', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'];

const NOT_PUBLIC: [name: string, addresses: string[]][] = [
  ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
  ['this machine', ['0.0.0.0', '0.1.2.3', '::']],
  ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd00:ec2::254']],
  ['link-local and metadata', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0']],
  ['shared by a provider', ['100.64.0.1', '100.100.100.200']],
  ['multicast and broadcast', ['224.0.0.1', '255.255.255.255', 'ff02::1']],
  [
    'reserved',
    ['192.0.0.192', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1', '2001:db8::1'],
  ],
  [
    'IPv4 in IPv6',
    [
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::7f00:1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:0:4136:e378::1',
    ],
  ],
  ['given to nobody', ['fec0::1', '4000::1', '100::1']],
  ['a cloud’s own', ['168.63.129.16']],
  ['no address', ['', 'localhost', '1.2.3', '[::1]', 'example.com', '999.1.1.1']],
];

test('addresses of the internet are public', () => {
  for (const address of PUBLIC) assert.ok(isPublicAddress(address), address);
});

for (const [name, addresses] of NOT_PUBLIC) {
  test(`${name} is not public`, () => {
    for (const address of addresses) assert.ok(!isPublicAddress(address), address);
  });
}
