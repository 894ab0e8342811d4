import type { EventBus, MessageContext, Subscriber } from '../../../bus/index.ts';
import type { Channel } from '../../../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../../../events/index.ts';
import { type Clock, intercept } from '../../../kernel/index.ts';
import type { AnsweringServices } from '../../../services/index.ts';
import type { Interceptors } from '../../../shop/index.ts';
import type { Arrows } from './arrows.ts';
import { watchedDatastore } from './watched-stores.ts';

/** Everything through which the parts of a world can reach one another, watched. */
export const watchedWorld = (arrows: Arrows): Interceptors => ({
  clock: (clock) => watchedClock(clock, arrows),
  datastore: (datastore) => watchedDatastore(datastore, arrows),
  bus: (bus) => watchedBus(bus, arrows),
  channel: (channel) => watchedChannel(channel, arrows),
  services: (services) => watchedServices(services, arrows),
  part: (name, part) => watchedPart(name, part, arrows),
});

/** What is due is done by whoever waited for it. */
const watchedClock = (clock: Clock, arrows: Arrows): Clock => ({
  now: () => clock.now(),
  schedule: (atMs, run) => clock.schedule(atMs, arrows.bound(run)),
});

function watchedServices(services: AnsweringServices, arrows: Arrows): AnsweringServices {
  const entries = Object.entries(services).map(([name, service]) => [
    name,
    watchedPart(name, service, arrows),
  ]);
  return Object.fromEntries(entries) as AnsweringServices;
}

/** What keeps a part going, and is no step on the way of a notification. */
const upkeep: readonly string[] = ['start', 'settle', 'stop', 'breakers'];

const watchedPart = <Part extends object>(name: string, part: Part, arrows: Arrows): Part =>
  intercept(part, {
    around(method, call) {
      if (upkeep.includes(method)) return arrows.as({ name, hops: 0 }, call);
      return arrows.as(arrows.note({ kind: 'call', to: name, name: method }), call);
    },
  });

const watchedChannel = (channel: Channel, arrows: Arrows): Channel =>
  intercept(channel, {
    instead: {
      send(message, context) {
        // The key is the delivery's id, which begins with what the customer is told.
        const [name = ''] = context.idempotencyKey.split(':');
        return arrows.as(arrows.note({ kind: 'send', to: channel.name, name }), () =>
          channel.send(message, context),
        );
      },
    },
  });

/**
 * A message is an arrow from who published it to each who handles it; to the bus when nobody wants to hear of
 * it. Who published what is kept by its id.
 */
function watchedBus(bus: EventBus<ShopEvents>, arrows: Arrows): EventBus<ShopEvents> {
  const publishers = new Map<string, Arrows['acting']>();
  const wanted = new Set<string>();

  function published(messages: readonly MessageOf<ShopEvents>[]): void {
    for (const { id, type } of messages) {
      publishers.set(id, arrows.acting);
      if (!wanted.has(type) && !wanted.has('*')) arrows.note({ kind: 'message', to: 'bus', name: type });
    }
  }

  function watched(subscriber: Subscriber<ShopEvents>): Subscriber<ShopEvents> {
    const { name, handles } = subscriber;
    for (const type of handles === '*' ? ['*'] : handles) wanted.add(type);
    return intercept(subscriber, {
      instead: {
        handle(message, context) {
          const arrow = { kind: 'message', to: name, name: message.type } as const;
          const acting = arrows.note(arrow, publishers.get(message.id));
          return arrows.as(acting, () => subscriber.handle(message, watchedContext(context)));
        },
      },
    });
  }

  /** What a handler emits leaves when it has succeeded; it says so while it is at work. */
  const watchedContext = (context: MessageContext<ShopEvents>): MessageContext<ShopEvents> =>
    intercept(context, {
      instead: {
        publish(messages) {
          published(messages);
          context.publish(messages);
        },
      },
    });

  return intercept(bus, {
    instead: {
      publish(messages) {
        published(messages);
        return bus.publish(messages);
      },
      subscribe: (subscriber) => bus.subscribe(watched(subscriber as unknown as Subscriber<ShopEvents>)),
    },
  });
}
