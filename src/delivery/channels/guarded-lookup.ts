import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { ChannelError } from '../channel.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** Finds the IP addresses of a host name; rejects when there are none. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;

export interface AddressRules {
  allowLoopback: boolean;
  /** Default: as the operating system does. */
  resolve?: ResolveHost;
}

/**
 * For sockets: hands them the very addresses that were checked. Were the name looked up once more to
 * connect, it could answer differently (DNS rebinding). A host that is an address already never gets
 * here; see {@link refuseLiteral}.
 */
export function guardedLookup({ allowLoopback, resolve = resolveBySystem }: AddressRules): LookupFunction {
  return (hostname, { all }, done) => {
    resolve(hostname)
      .then((found) => {
        const [first, ...others] = found
          .filter((address) => mayReach(address, allowLoopback))
          .map((address) => ({ address, family: isIP(address) }));
        if (first === undefined) throw addressRefused(hostname);
        if (all) done(null, [first, ...others]);
        else done(null, first.address, first.family);
      })
      .catch((thrown: NodeJS.ErrnoException) => done(thrown, ''));
  };
}

/**
 * Checks a URL's host that is an address itself, since sockets look up names only.
 * @throws {ChannelError} permanent.
 */
export function refuseLiteral(host: string, { allowLoopback }: AddressRules): void {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0 && !mayReach(address, allowLoopback)) throw addressRefused(host);
}

const mayReach = (address: string, allowLoopback: boolean): boolean =>
  isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address));

const resolveBySystem: ResolveHost = async (hostname) =>
  (await systemLookup(hostname, { all: true })).map(({ address }) => address);

const addressRefused = (host: string): ChannelError =>
  new ChannelError('permanent', { message: `the webhook's host ${host} is refused: address_not_public` });
