import { intercept } from '../../src/kernel/index.ts';
import type { ShopBus, ShopMessage, ShopSubscriber } from './bus.ts';

/** Each puts one defect before a bus that works; the contract suite must notice every one. */
export type Breakage = (bus: ShopBus) => ShopBus;

/** The bus with some methods replaced; the others are its own. */
const replace = (bus: ShopBus, instead: Partial<ShopBus>): ShopBus => intercept(bus, { instead });

type Handle = ShopSubscriber['handle'];

/** The bus with something done to every handler. */
function alterHandlers(bus: ShopBus, alter: (handle: Handle, name: string) => Handle): ShopBus {
  return replace(bus, {
    subscribe: (given) => {
      const subscriber = given as unknown as ShopSubscriber;
      const handle = alter((message, context) => subscriber.handle(message, context), subscriber.name);
      return bus.subscribe({ ...subscriber, handle });
    },
  });
}

/** Publishes messages altered in one attribute, and hands them to subscribers as they were. */
function disguise(bus: ShopBus, attribute: 'id' | 'subject'): ShopBus {
  let count = 0;
  const originals = new Map<string, ShopMessage>();
  const restored = alterHandlers(
    bus,
    (handle) => (message, context) => handle(originals.get(message[attribute]) ?? message, context),
  );
  return replace(restored, {
    publish: (messages) =>
      bus.publish(
        messages.map((message) => {
          const disguised = `disguise-${count++}`;
          originals.set(disguised, message);
          return { ...message, [attribute]: disguised };
        }),
      ),
  });
}

/** Nothing is wrong with this one. */
export const unbroken: Breakage = (bus) => alterHandlers(bus, (handle) => handle);

export const forgetsTheOrderOfASubject: Breakage = (bus) => disguise(bus, 'subject');

export const forgetsWhatWasHandled: Breakage = (bus) => disguise(bus, 'id');

export const takesASecondSubscriberForADuplicate: Breakage = (bus) => {
  const handled = new Set<string>();
  return alterHandlers(bus, (handle) => async (message, context) => {
    if (handled.has(message.id)) return;
    handled.add(message.id);
    await handle(message, context);
  });
};

export const letsAThrowReachThePublisher: Breakage = (bus) => {
  const thrown: unknown[] = [];
  const noticing = alterHandlers(bus, (handle) => async (message, context) => {
    try {
      await handle(message, context);
    } catch (error) {
      thrown.push(error);
      throw error;
    }
  });
  return replace(noticing, {
    async publish(messages) {
      await bus.publish(messages);
      await bus.settle();
      if (thrown.length > 0) throw thrown[0];
    },
  });
};

export const repeatsTheOthersWhenOneThrows: Breakage = (bus) => {
  const handlers = new Map<string, Handle>();
  return alterHandlers(bus, (handle, name) => {
    handlers.set(name, handle);
    return async (message, context) => {
      try {
        await handle(message, context);
      } catch (error) {
        for (const [other, again] of handlers)
          if (other !== name) await (async () => again(message, context))().catch(() => {});
        throw error;
      }
    };
  });
};

export const holdsUpASubjectBehindAFailure: Breakage = (bus) => {
  const blocked = new Set<string>();
  return alterHandlers(bus, (handle) => async (message, context) => {
    if (blocked.has(message.subject)) return;
    try {
      await handle(message, context);
    } catch (error) {
      blocked.add(message.subject);
      throw error;
    }
  });
};

export const emitsBeforeTheHandlerHasSucceeded: Breakage = (bus) =>
  alterHandlers(
    bus,
    (handle) => (message, context) =>
      handle(message, { ...context, publish: (messages) => void bus.publish(messages).catch(() => {}) }),
  );

export const settlesBeforeWhatIsEmitted: Breakage = (bus) => {
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return replace(bus, { settle: settled });
};

export const losesDeadLetters: Breakage = (bus) => replace(bus, { deadLetters: async () => [] });

export const refusesAWholeCallForOneInvalidMessage: Breakage = (bus) =>
  replace(bus, {
    async publish(messages) {
      const before = (await bus.deadLetters()).length;
      for (const message of messages) {
        await bus.publish([message]);
        if ((await bus.deadLetters()).some(({ subscriber }, index) => subscriber === null && index >= before))
          return;
      }
    },
  });

export const handsOutMessagesThatChange: Breakage = (bus) =>
  alterHandlers(bus, (handle) => (message, context) => handle(structuredClone(message), context));

export const closesWithoutFinishing: Breakage = (bus) =>
  replace(bus, {
    async close() {
      void bus.close();
    },
  });

export const claimsToBeDurable: Breakage = (bus) =>
  replace(bus, { capabilities: { ...bus.capabilities, durable: true } });

export const claimsToRetry: Breakage = (bus) =>
  replace(bus, { capabilities: { ...bus.capabilities, retries: true } });

export const claimsToReadTheLog: Breakage = (bus) =>
  replace(bus, { capabilities: { ...bus.capabilities, outbox: true } });

export const claimsToOrderAcrossWorkers: Breakage = (bus) =>
  replace(bus, { capabilities: { ...bus.capabilities, ordersAcrossWorkers: true } });

export const retriesInSecret: Breakage = (bus) =>
  alterHandlers(bus, (handle) => async (message, context) => {
    try {
      await handle(message, context);
    } catch {
      await handle(message, { ...context, attempt: 2 });
    }
  });
