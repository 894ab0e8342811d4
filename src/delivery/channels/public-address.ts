import { BlockList, isIP } from 'node:net';

/** IPv4 that is not the public internet: IANA's special-purpose registry, multicast, and reserved space. */
const specialIpv4 = blockList('ipv4', [
  ['0.0.0.0', 8], // this network, unspecified
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by carriers (CGNAT); one cloud has its metadata here
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // a public number that every virtual machine on Azure reaches its host by
  ['169.254.0.0', 16], // link-local, and where clouds serve their metadata
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments; one cloud has its metadata here
  ['192.0.2.0', 24], // documentation
  ['192.31.196.0', 24], // AS112
  ['192.52.193.0', 24], // multicast tunnels
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['192.175.48.0', 24], // AS112
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
]);

/**
 * IPv6 is the other way round: only this is handed out to the public. Outside it are loopback, unspecified,
 * unique local (ULA), link-local, multicast, IPv4-mapped (::ffff:0:0/96) and NAT64 (64:ff9b::/96) addresses.
 */
const globalIpv6 = blockList('ipv6', [['2000::', 3]]);

/** What is special within it. */
const specialIpv6 = blockList('ipv6', [
  ['2001::', 23], // protocol assignments: Teredo, which holds an IPv4 address, and others
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4, which holds an IPv4 address
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20], // documentation
]);

const loopbackIpv4 = blockList('ipv4', [['127.0.0.0', 8]]);
const loopbackIpv6 = blockList('ipv6', [['::1', 128]]);

/** Whether the public internet has this IP address; anything that is not plainly one is refused. */
export function isPublicAddress(address: string): boolean {
  switch (familyOf(address)) {
    case 4:
      return !specialIpv4.check(address, 'ipv4');
    case 6:
      return globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
    default:
      return false;
  }
}

/** 127.0.0.0/8 and ::1, in their own form only. */
export function isLoopbackAddress(address: string): boolean {
  switch (familyOf(address)) {
    case 4:
      return loopbackIpv4.check(address, 'ipv4');
    case 6:
      return loopbackIpv6.check(address, 'ipv6');
    default:
      return false;
  }
}

/** An address with a zone (`fe80::1%eth0`) belongs to one machine's network card: never public. */
const familyOf = (address: string): number => (address.includes('%') ? 0 : isIP(address));

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefixBits] of subnets) list.addSubnet(network, prefixBits, family);
  return list;
}
