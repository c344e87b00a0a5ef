/** Addresses and networks of the internet protocol as people write them. */

import { BlockList, isIP } from 'node:net';

/** `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`. */
export function isNetwork(text: string): boolean {
  const { address, prefix } = split(text);
  const family = isIP(address);
  if (family === 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** Tells whether an address lies in one of `networks`, each of which `isNetwork` has accepted. */
export function networkOf(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const { address, prefix } = split(network);
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}

function split(text: string): { address: string; prefix: string | undefined } {
  const [address = '', prefix] = text.split('/', 2);
  return { address, prefix };
}

/**
 * What stands for one household or machine: an IPv4 address, or the /64 of an IPv6 address, because whoever has one of
 * those has all 2⁶⁴ of them (RFC 6177). IPv4 in IPv6 (`::ffff:1.2.3.4`) is IPv4. Anything else is given back as it is.
 */
export function ownerOf(address: string): string {
  const [bare = ''] = address.split('%', 1); // fe80::1%eth0
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(bare) !== 6) return bare;
  // The URL standard has one spelling of each address: groups without zeros in front, one "::", no dots.
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
