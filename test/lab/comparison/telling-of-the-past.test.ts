import { expect, test } from 'vitest';
import { measureRetelling } from '../../../src/lab/comparison/measure/retelling.ts';
import { variants } from '../../../src/lab/comparison/measure/variants.ts';

test.each(variants)(
  'whoever comes late to $architecture, $handOver, is told of all or of nothing',
  async (variant) => {
    const { newcomer, mended } = await measureRetelling(variant);

    const isTold = variant.architecture !== 'api-driven';
    expect(newcomer).toEqual({ told: isTold ? 7 : 0, of: 7 });
    expect(mended).toEqual({ told: isTold ? 4 : 0, of: 4 });
  },
);
