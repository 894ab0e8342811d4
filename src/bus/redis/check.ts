import { InputError, messageOf, quote } from '../../kernel/index.ts';
import type { BrokerAddress } from './address.ts';
import { helpFor } from './errors.ts';

/** The first that tells, when entries are taken over, which of them somebody has deleted. */
const oldestMajor = 7;

type Ask = (command: readonly string[]) => Promise<unknown>;

/**
 * Looks whether a server can be the broker, and keeps what it is given.
 * @returns what it may lose, in one line; undefined: nothing that it has answered for, as long as its machine lives.
 * @throws {InputError} it is too old, a replica, one of a cluster, throws away what has no room, or writes nothing to a disk.
 */
export async function checkServer(ask: Ask, address: BrokerAddress): Promise<string | undefined> {
  const { shown, mayKeepNothing } = address;
  const info = fieldsOf(String(await ask(['INFO', 'everything'])));
  const version = info.get('redis_version') ?? 'unknown';
  if (!(Number.parseInt(version, 10) >= oldestMajor))
    throw unusable(shown, `it is version ${version}`, `Take one of version ${oldestMajor} or newer.`);
  if (info.get('role') !== 'master')
    throw unusable(shown, 'it is a replica', 'Name the server that is written to.');
  if (info.get('cluster_enabled') === '1')
    throw unusable(shown, 'it is one of a cluster', 'Name a server that stands alone, or has replicas.');
  const eviction = info.get('maxmemory_policy') ?? 'noeviction';
  if (info.get('maxmemory') !== '0' && eviction.startsWith('allkeys'))
    throw unusable(
      shown,
      `its maxmemory-policy is ${eviction}, so it throws messages away when its memory is full`,
      'CONFIG SET maxmemory-policy noeviction.',
    );
  if (info.get('aof_enabled') === '1') return await riskOf(ask);
  if (!mayKeepNothing)
    throw unusable(
      shown,
      'its appendonly is off, so a restart loses every message since its last snapshot',
      'CONFIG SET appendonly yes, or take that risk with ?persistence=none behind the URL.',
    );
  return 'its appendonly is off: a restart loses every message since its last snapshot';
}

/** A server that is rented may not say how it is set. */
async function riskOf(ask: Ask): Promise<string | undefined> {
  const [, how] = (await ask(['CONFIG', 'GET', 'appendfsync']).catch(() => [])) as readonly string[];
  if (how === 'always' || how === undefined) return undefined;
  return `its appendfsync is ${how}: when its machine dies, it loses what it has answered for in the last ${how === 'everysec' ? 'second or two' : 'half minute or so'}`;
}

/** Why there was no connection. */
export function refusalOf(shown: string, thrown: unknown): InputError {
  const reason = messageOf(firstOf(thrown));
  return unusable(shown, reason, helpFor(reason).replace('; what was in hand goes on when it is back', ''));
}

/** Of a name with several addresses each has its own reason. */
const firstOf = (thrown: unknown): unknown =>
  thrown instanceof AggregateError ? (thrown.errors[0] ?? thrown) : thrown;

const fieldsOf = (info: string): Map<string, string> =>
  new Map(
    info.split(/\r?\n/).flatMap((line): [string, string][] => {
      const at = line.indexOf(':');
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
    }),
  );

const unusable = (shown: string, why: string, help: string): InputError =>
  new InputError({ message: `cannot use ${quote(shown)} as the broker: ${why}`, help });
