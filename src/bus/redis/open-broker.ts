import type { Broker } from './broker.ts';

/**
 * Connects to `redis://user:password@host:6379/0`, and looks whether that server keeps what it is given. The client is loaded when it is
 * asked for: a shop without a broker has no use for it.
 * @param prefix of all keys: buses of one prefix are one bus. Default `notification-architectures`.
 * @throws {InputError} it cannot be reached, refuses us, is too old, or keeps nothing. What it says holds no password.
 */
export async function openBroker(url: string, prefix?: string): Promise<Broker> {
  const { connectBroker } = await import('./broker.ts');
  return connectBroker(url, prefix);
}
