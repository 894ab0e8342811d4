import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { beginScratch, endScratch, type ScratchRun } from '../../src/datastore/index.ts';
import { runShop } from '../../src/lab/comparison/measure/faults/shop-run.ts';
import { measureKills } from '../../src/lab/comparison/measure/kills.ts';
import { measureLearning } from '../../src/lab/comparison/measure/learning.ts';
import { onServer } from '../../src/lab/comparison/measure/places.ts';
import { measureRetelling } from '../../src/lab/comparison/measure/retelling.ts';
import { measureStalls } from '../../src/lab/comparison/measure/stalls.ts';
import { measureTimings } from '../../src/lab/comparison/measure/timed-runs.ts';
import {
  isOnServer,
  type Variant,
  variants,
  variantsWithServer,
} from '../../src/lab/comparison/measure/variants.ts';
import { createTemplates } from '../../src/notifications/index.ts';
import { asAdmin } from '../support/a-datastore.ts';

let run: ScratchRun;

beforeAll(async () => {
  run = await beginScratch(inject('postgres')?.url ?? '');
});

afterAll(() => endScratch(run));

const databases = async (): Promise<number> =>
  (await asAdmin(`select datname from pg_database where starts_with(datname, '${run.name}')`)).length;

const onOne = variantsWithServer.filter(isOnServer);

/** The same architecture in one process, in the way that loses nothing. */
const embeddedOf = ({ architecture }: Variant): Variant =>
  variants.findLast((each) => each.architecture === architecture) as Variant;

const figuresOf = <Measured extends object>(measured: Measured) => ({ ...measured, handOver: '' });

test('each architecture has one more way, on a server', () => {
  expect(onOne.map(({ architecture, handOver }) => `${architecture} ${handOver}`)).toEqual([
    'event-sourced durable-on-postgresql',
    'api-driven transactional-on-postgresql',
    'pipeline durable-on-postgresql',
    'command-driven durable-on-postgresql',
  ]);
  expect(variantsWithServer.filter((each) => !isOnServer(each))).toEqual(variants);
});

describe.each(onOne)('$architecture, $handOver', (variant) => {
  const newPlace = () => onServer(run)();

  test('kills lose nothing there, and do what they do to a file', async () => {
    const outcome = await measureKills(variant, 8, newPlace);

    expect(outcome).toMatchObject({ runs: 8, lost: 0, doubled: 0, handOver: variant.handOver });
    expect(outcome.repeated).toBeGreaterThan(0);
    expect(figuresOf(outcome)).toEqual(figuresOf(await measureKills(embeddedOf(variant), 8)));
  }, 120_000);

  test('so do stalls', async () => {
    const outcome = await measureStalls(variant, 4, newPlace);

    expect(outcome).toMatchObject({ runs: 4, lost: 0, doubled: 0 });
    expect(outcome.late).toBeGreaterThan(0);
    expect(figuresOf(outcome)).toEqual(figuresOf(await measureStalls(embeddedOf(variant), 4)));
  }, 120_000);

  test('no time passes while it is asked: what a slow provider does, it does to the moment', async () => {
    const templates = createTemplates();
    const slow = { email: { latencyMs: 20_000 } };

    const there = await runShop({ ...variant, templates, newPlace }, slow);

    expect(there.taken).toHaveLength(14);
    expect(there).toEqual(await runShop({ ...embeddedOf(variant), templates }, slow));
  });

  test('the same people can be told of the past, and callers learn the same', async () => {
    const [there, here] = [
      await measureRetelling(variant, newPlace),
      await measureRetelling(embeddedOf(variant)),
    ];
    expect(there.newcomer.of).toBe(7);
    expect(figuresOf(there)).toEqual(figuresOf(here));
    expect(figuresOf(await measureLearning(variant, newPlace))).toEqual(
      figuresOf(await measureLearning(embeddedOf(variant))),
    );
  }, 240_000);

  test('it is timed there', async () => {
    const [timings] = await measureTimings([variant], { rounds: 1, orders: 12 }, () => newPlace);

    // The provider takes 50 ms, and is not a part of it.
    for (const figures of Object.values(timings ?? {})) expect(figures[0]).toBeGreaterThan(0);
  });

  test('nothing of it is left behind', async () => {
    expect(await databases()).toBe(1);
  });
});
