import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Subscriber } from '../../bus/index.ts';
import { type Datastore, openDatastore } from '../../datastore/index.ts';
import type { ShopEvents } from '../../events/index.ts';
import { InputError, messageOf } from '../../kernel/index.ts';
import { type HandOver, handOver, handOverDocument } from '../../operations/event-log/index.ts';
import { listenForStop, openKeptDatastore, type ReopenOptions, withRealProviders } from '../../shop/index.ts';
import { demoDatastore, type EventsFlags } from './events-flags.ts';
import { printDocument, printJson } from './print.ts';

type Providers = Pick<ReopenOptions, 'channels' | 'admin'>;

/** Hands a subscriber the past: on a copy of the shop, with providers that only capture, unless it is to be sent. */
export async function replayToSubscriber(flags: EventsFlags): Promise<number> {
  const { data, send = false, json, limit } = flags;
  const newcomer =
    flags.module === undefined ? undefined : await subscriberOf(flags.module, flags.subscriber);
  const access = send ? 'change' : 'read';
  const datastore = data === undefined ? await demoDatastore() : await openKeptDatastore(data, access);
  const stop = listenForStop();
  const hand = (own: Datastore, providers: Providers = {}): Promise<HandOver> =>
    handOver({
      datastore: own,
      architecture: flags.architecture,
      subscriber: flags.subscriber ?? '',
      from: flags.from ?? 1,
      signal: stop.signal,
      ...(newcomer && { newcomer }),
      ...providers,
    });
  try {
    const result = send
      ? await withRealProviders(stop.signal, (providers) => hand(datastore, providers))
      : await onCopy(datastore, (copy) => hand(copy));
    if (json) printJson({ isDry: !send, ...result });
    else printDocument(handOverDocument({ ...result, isDry: !send, limit }));
    return result.dead.length + result.retries > 0 ? 1 : 0;
  } finally {
    stop.release();
    await datastore.close();
  }
}

async function onCopy<T>(datastore: Datastore, work: (copy: Datastore) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'events-replay-'));
  try {
    const file = join(folder, 'copy.db');
    await datastore.copyTo(file);
    const copy = openDatastore({ file, access: 'change' });
    return await work(copy).finally(() => copy.close());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function subscriberOf(file: string, name: string | undefined): Promise<Subscriber<ShopEvents>> {
  const refuse = (why: string): never => {
    throw new InputError({
      message: `${JSON.stringify(file)} makes no subscriber: ${why}`,
      help: 'Its default export must be a function that gives one: see examples/late-subscriber.ts.',
    });
  };
  const loaded: unknown = await import(pathToFileURL(resolve(file)).href).catch((thrown) =>
    refuse(messageOf(thrown)),
  );
  const make = (loaded as { default?: unknown }).default;
  if (typeof make !== 'function') return refuse('it has no default export that is a function');
  const subscriber = make() as Partial<Subscriber<ShopEvents>> | undefined;
  if (typeof subscriber?.handle !== 'function' || subscriber.handles === undefined)
    return refuse('what it gives handles nothing');
  if (subscriber.name !== name)
    return refuse(`it is called ${JSON.stringify(subscriber.name)}, not ${JSON.stringify(name)}`);
  return subscriber as Subscriber<ShopEvents>;
}
