/** Which addresses of the internet protocol lead outside: what a stranger may have this server ask for. */

import { BlockList, isIP } from 'node:net';
import { networkOf } from './networks.ts';
import { ownNetworks } from './own-networks.ts';

/** IANA's registry of special-purpose addresses, but for what is reachable from everywhere; multicast; reserved. */
const INSIDE_4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8',
  '100.64.0.0/10', // shared by carriers (RFC 6598); Alibaba's metadata
  '127.0.0.0/8',
  '168.63.129.16/32', // Azure's own services, on each machine there
  '169.254.0.0/16', // link-local; the metadata of most clouds
  '172.16.0.0/12',
  '192.0.0.0/24', // protocol assignments; Oracle's metadata
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
];

/** Of IPv6 only 2000::/3 is given out; of that not these. Loopback, ULA, link-local and multicast lie elsewhere. */
const OUTSIDE_6 = '2000::/3';
const INSIDE_6 = [
  '2001::/23', // protocol assignments, Teredo among them, which carries an IPv4 address
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which carries an IPv4 address
  '3fff::/20', // documentation
];

const isInside4 = networkOf(INSIDE_4);
const isInside6 = networkOf(INSIDE_6);
const isGiven6 = networkOf([OUTSIDE_6]);
const mapped = listOf('::ffff:0:0', 96);
/** What a network without IPv4 translates (RFC 6052): behind each stands the IPv4 address in its last four bytes. */
const translated = listOf('64:ff9b::', 96);

export type Reach = 'outside' | 'allowed' | 'inside';

/**
 * Where an address leads: outside, inside but into one of the networks that the operator allows, or inside. What is no
 * address, or one with a zone (`fe80::1%eth0`), is inside. So is what belongs to this machine, and its neighbours: who
 * sends to its own public address passes no packet filter. `own` is asked for each address: interfaces come and go.
 */
export function reachOf(
  allowed: readonly string[],
  own: () => readonly string[] = ownNetworks,
): (address: string) => Reach {
  const isAllowed = networkOf(allowed);
  return (given) => {
    const address = embedded4(given) ?? given;
    if (isAllowed(address)) return 'allowed';
    const family = address.includes('%') ? 0 : isIP(address);
    if (family !== 0 && networkOf(own())(address)) return 'inside';
    if (family === 4) return isInside4(address) ? 'inside' : 'outside';
    if (family === 6) return isGiven6(address) && !isInside6(address) ? 'outside' : 'inside';
    return 'inside';
  };
}

/** The IPv4 address behind an IPv6 one that is only another way to write it. */
function embedded4(address: string): string | undefined {
  if (address.includes('%') || isIP(address) !== 6) return undefined;
  if (!mapped.check(address, 'ipv6') && !translated.check(address, 'ipv6')) return undefined;
  // The URL standard writes the last four bytes as two groups, without zeros in front; "::" at the end is four zeros.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':');
  const [high = '0', low = '0'] = groups.slice(-2).map((group) => group || '0');
  const number = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}

function listOf(network: string, prefix: number): BlockList {
  const list = new BlockList();
  list.addSubnet(network, prefix, 'ipv6');
  return list;
}

/** Ports of other protocols above 1023, where a request of ours could be taken for something else (Fetch standard). */
const OTHER_PROTOCOLS = new Set(
  '1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080'
    .split(' ')
    .map(Number),
);

/** 80 and 443, and what anybody may listen on without being the machine's owner, unless another protocol lives there. */
export function isPortOfWeb(port: number): boolean {
  return port === 80 || port === 443 || (port > 1023 && port < 65_536 && !OTHER_PROTOCOLS.has(port));
}

/** What is wrong with an address that somebody wants to be sent something to, in words; undefined if nothing is yet. */
export function problemOfOutsideUrl(text: string, reach: (address: string) => Reach): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return 'That is no address of the web. One looks like https://hooks.example.org/papers.';
  if (url.username !== '' || url.password !== '')
    return 'An address cannot have a name or password in it: they would be sent in clear and end up in logs.';
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (!isPortOfWeb(port)) return `Port ${port} is not one of the web: 80, 443, or one above 1023.`;
  const literal = literalOf(url);
  if (literal !== undefined && reach(literal) === 'inside')
    return `${literal} is inside of a network, not on the internet. Whoever runs this site can allow it: WEBHOOK_ALLOW_PRIVATE.`;
  return undefined;
}

/** The address that stands in the place of a host name; the URL standard has read 0x7f.1 and 2130706433 already. */
export function literalOf({ hostname }: URL): string | undefined {
  const bare = hostOf(hostname);
  return isIP(bare) === 0 ? undefined : bare;
}

/** A name as it is looked up: without brackets, and without the dot at its end, which certificates do not have. */
export function hostOf(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}
