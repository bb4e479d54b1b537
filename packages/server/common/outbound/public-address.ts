import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Addresses of the internet that no network lists as special, and yet lead inside: Azure's agent of its machines. */
const INSIDE = new Set(['168.63.129.16']);

/**
 * Whether an IP address belongs to the public internet: none that is private, loopback, link-local (where clouds keep the
 * keys of their machines), multicast, reserved, or an IPv4 address wrapped into IPv6.
 * @param address as text; what is no IP address is not public
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || INSIDE.has(parsed.toString())) return false;
  // The rest of IPv6 is not given to anybody.
  return parsed.kind() === 'ipv4' || parsed.toByteArray()[0]! >> 5 === 1;
}
