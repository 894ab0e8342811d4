import { type EventBus, noPromises, UnknownDeadLetterError } from '../bus/index.ts';
import type { ShopEvents } from '../events/index.ts';
import { AppError, InFlightCounter } from '../kernel/index.ts';

/** Somebody counts on a bus in an architecture that has none. */
class NoBusError extends AppError {
  readonly code = 'no_bus';

  constructor(architecture: string, what: string) {
    super({
      message: `${architecture} has no bus: ${what}`,
      help: 'Ask `hasBus` first, choose another architecture, or call it from the services themselves.',
    });
  }
}

/**
 * What stands where nothing flows. Who would wait for events in vain is told so at once; to ask what is in hand, or
 * was given up, is no mistake: nothing.
 */
export function noBus(architecture: string): EventBus<ShopEvents> {
  const refuse = (what: string): never => {
    throw new NoBusError(architecture, what);
  };
  const unknown = async (id: string): Promise<never> => {
    throw new UnknownDeadLetterError(id);
  };
  return {
    capabilities: noPromises,
    inFlight: new InFlightCounter(),
    states: { find: async () => ({ version: 0, value: undefined }), list: async () => [] },
    subscribe: ({ name }) => refuse(`the subscriber "${name}" would never hear of anything`),
    publish: async ([message]) => refuse(`nobody would hear of ${message?.type ?? 'nothing'}`),
    settle: async () => {},
    finishInHand: async () => {},
    deadLetters: async () => [],
    redrive: unknown,
    discard: unknown,
    close: async () => {},
  };
}
