import {
  type Datastore,
  dropScratch,
  makeScratch,
  openDatastore,
  openDatastoreAt,
  type ScratchRun,
} from '../../../datastore/index.ts';
import { InFlightCounter, intercept } from '../../../kernel/index.ts';
import { isOnServer, type Variant } from './variants.ts';

/** Where one run keeps what outlives its processes. */
export interface Place {
  /** For one process, which closes it when it ends, in whatever way: the next finds what it has left there. */
  open(): Promise<Datastore>;
  /** Counts what it was asked and has not answered: no virtual time passes meanwhile. */
  readonly asked: InFlightCounter;
  /** Takes it away, with all that is there. */
  remove(): Promise<void>;
}

/** Makes an empty place, for one run. */
export type NewPlace = () => Promise<Place>;

/** Its own memory; who opens it again is in the same. */
export const inMemory: NewPlace = async () => {
  const datastore = openDatastore();
  return {
    open: async () => ({ ...datastore, close: async () => {} }),
    asked: new InFlightCounter(),
    remove: () => datastore.close(),
  };
};

/**
 * A database of its own. Whoever opens it has sessions of their own, which end with them.
 * @param signal Once aborted, no more are made.
 */
export const onServer =
  (run: ScratchRun, signal?: AbortSignal): NewPlace =>
  async () => {
    signal?.throwIfAborted();
    const url = await makeScratch(run);
    const asked = new InFlightCounter();
    return {
      open: async () => counted(await openDatastoreAt(url), asked),
      asked,
      remove: () => dropScratch(run, url),
    };
  };

/** What a variant keeps things in: memory, but for those on a server. */
export function placesOf(variant: Variant, run: ScratchRun | undefined, signal?: AbortSignal): NewPlace {
  if (!isOnServer(variant)) return inMemory;
  if (run === undefined) throw new TypeError(`there is no server for ${variant.handOver}`);
  return onServer(run, signal);
}

/** Does something in an empty place, which is taken away afterwards. */
export async function inPlace<Result>(
  newPlace: NewPlace,
  work: (datastore: Datastore, asked: InFlightCounter) => Promise<Result>,
): Promise<Result> {
  const place = await newPlace();
  try {
    const datastore = await place.open();
    return await work(datastore, place.asked).finally(() => datastore.close());
  } finally {
    await place.remove();
  }
}

/** The same, with everything counted that is asked of it, until it is answered. */
const counted = <Part extends object>(part: Part, asked: InFlightCounter): Part =>
  intercept(part, {
    within: (_, member) => counted(member, asked),
    around(method, call) {
      const answer = call();
      if (method === 'close') return answer;
      if (answer instanceof Promise) return asked.during(answer);
      return isInPages(answer) ? countedPages(answer, asked) : answer;
    },
  });

const isInPages = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

async function* countedPages(pages: AsyncIterable<unknown>, asked: InFlightCounter): AsyncGenerator<unknown> {
  const iterator = pages[Symbol.asyncIterator]();
  for (;;) {
    const page = await asked.during(iterator.next());
    if (page.done === true) return;
    yield page.value;
  }
}
