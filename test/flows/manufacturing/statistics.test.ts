import { expect, test } from 'vitest';
import type { Actuator } from '../../../src/flows/manufacturing/control.ts';
import { limitsOf, signalsOf } from '../../../src/flows/manufacturing/spc.ts';
import { seededRandom } from '../../../src/kernel/index.ts';
import { anOutside, aProcess, phaseOne, row } from './a-bakery.ts';

test('of 100,000 groups in control about 0.27 % are beyond three sigma', () => {
  const random = seededRandom(7);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const limits = { ...limitsOf([{ mean: 60, range: 0.7 }]), upperRange: Number.POSITIVE_INFINITY };
  const sigma = (limits.upper - limits.centre) / 3;
  let beyond = 0;
  for (let group = 0; group < 100_000; group++) {
    const mean = 60 + sigma * normal();
    if (signalsOf([mean], { mean, range: 0.7 }, limits).includes('beyond_3_sigma')) beyond++;
  }

  expect(beyond / 100_000).toBeGreaterThan(0.0022);
  expect(beyond / 100_000).toBeLessThan(0.0032);
});

test('a line that is shifted by a millimetre is within a tenth after seven groups', async () => {
  const errors: number[] = [];
  let offset = 0;
  const actuator: Actuator = {
    async set(_, to) {
      offset = to;
    },
  };
  const outside = anOutside(actuator);
  // Each group is baked with what the one before has led to: the sensors are in the loop.
  for (let group = 0; group < 8; group++) {
    const rows = [
      ...phaseOne(),
      ...Array.from({ length: group + 1 }, (_, index) => {
        const error = errors[index] ?? 1 - offset;
        errors[index] = error;
        return row(
          100 + index,
          'group',
          [-0.35, -0.2, 0, 0.2, 0.35].map((each) => 60 + error + each),
        );
      }),
    ];
    await aProcess('durable', outside).play(rows);
    outside.nowMs = rows.at(-1)?.atMs ?? 0;
  }
  await outside.datastore.close();

  expect(errors[7]).toBeLessThan(0.1);
  expect(errors[7]).toBeCloseTo(0.7 ** 7, 6);
});
