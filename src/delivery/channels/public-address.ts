import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Public by the library's ranges, and still not to be reached, or not handed out to anybody: a number that every virtual
 * machine on Azure reaches its host by, and the protocol assignments (Teredo, which holds an IPv4 address, and others).
 */
const refused = ['168.63.129.16/32', '2001::/23'].map((subnet) => ipaddr.parseCIDR(subnet));

/** All of IPv6 that is handed out to the public; the library takes whatever has no other name for it. */
const globalIpv6 = ipaddr.parseCIDR('2000::/3');

/**
 * Whether the public internet has this IP address; anything that is not plainly one is refused. What is special, the
 * registry of IANA knows, and ipaddr.js by it.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parse(address);
  if (parsed?.range() !== 'unicast' || refused.some((subnet) => isWithin(parsed, subnet))) return false;
  return parsed.kind() === 'ipv4' || isWithin(parsed, globalIpv6);
}

/** 127.0.0.0/8 and ::1, in their own form only. */
export const isLoopbackAddress = (address: string): boolean => parse(address)?.range() === 'loopback';

type Address = ReturnType<typeof ipaddr.parse>;

/**
 * Undefined for what is none in the usual form: the library reads `0x7f.1` too. An address with a zone
 * (`fe80::1%eth0`) belongs to one machine's network card.
 */
const parse = (address: string): Address | undefined =>
  isIP(address) === 0 || address.includes('%') ? undefined : ipaddr.parse(address);

const isWithin = (address: Address, [network, bits]: [Address, number]): boolean =>
  address.kind() === network.kind() && address.match(network, bits);
