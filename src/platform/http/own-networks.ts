/** The networks that this machine is part of: packet filters look at what comes from outside, not at what it sends itself. */

import { networkInterfaces } from 'node:os';
import type { NetworkInterfaceInfo } from 'node:os';

/** A provider's IPv4 network is full of strangers' machines, and of a lab's neighbours: up to so many addresses are near. */
const NEAR_4 = 16;
/** One household, or one lab (RFC 6177). */
const NEAR_6 = 48;

export type Interfaces = () => NodeJS.Dict<NetworkInterfaceInfo[]>;

/**
 * Each address of this machine, and the network that it lies in, as `networkOf` takes them. Networks that are wider than
 * any one site are left out: a cloud hands out addresses with prefixes like /8, or 0.
 */
export function ownNetworks(interfaces: Interfaces = networkInterfaces): string[] {
  return Object.values(interfaces())
    .flatMap((one) => one ?? [])
    .flatMap(({ address, cidr, family }) => {
      const prefix = Number(cidr?.split('/')[1] ?? Number.NaN);
      const isNear = prefix >= (family === 'IPv4' ? NEAR_4 : NEAR_6);
      return isNear ? [address, `${address}/${prefix}`] : [address];
    });
}
