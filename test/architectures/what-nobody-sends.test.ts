import { expect, it } from 'vitest';
import { execute } from '../../src/services/index.ts';
import { architectureNames, busNames, createWorld, hasBus, type WorldOptions } from '../../src/shop/world.ts';
import { ledgerLines } from '../support/ledger.ts';
import { noInterceptors } from './divergences/no-interceptors.ts';
import { openingCommands, openingMs } from './stories.ts';

const variants = architectureNames.flatMap((architecture) =>
  busNames
    .filter((bus) => bus === 'in-memory' || hasBus(architecture))
    .map((bus) => [architecture, bus] as const),
);

/** Whoever asks is given up, each time, right after what it asked for was entered: as one that ran out of its time. */
const isGivenUp = {
  ...noInterceptors,
  part: <Part extends object>(name: string, part: Part): Part =>
    name !== 'delivery'
      ? part
      : new Proxy(part, {
          get(target, method) {
            const own = Reflect.get(target, method, target);
            if (typeof own !== 'function') return own;
            return async (...given: unknown[]) => {
              const answer = await own.apply(target, given);
              if (['enter', 'request', 'deliver'].includes(String(method)))
                throw new Error('it took too long');
              return answer;
            };
          },
        }),
};

async function endsOf(options: Omit<WorldOptions, 'startMs'>): Promise<readonly string[]> {
  const world = createWorld({ startMs: openingMs, ...options });
  const { services } = world.architecture;
  await world.architecture.start();
  for (const command of openingCommands) await world.during(execute(services, command)).catch(() => {});
  await world.finish();
  const ends = await ledgerLines(world.datastore);
  await world.close();
  return ends;
}

it.each(variants)(
  'what was entered is sent, whatever became of who asked: %s, %s bus',
  async (architecture, bus) => {
    const ends = await endsOf({ architecture, bus, interceptors: isGivenUp });

    expect(ends).toEqual(await endsOf({ architecture, bus }));
    expect(ends.filter((end) => end.endsWith(' sent sent')).length).toBeGreaterThan(5);
  },
);
