import { optionsOf, variants } from '../../src/lab/comparison/measure/variants.ts';
import { createWorld } from '../../src/shop/world.ts';
import { describeArchitectureContract } from './contract.ts';

for (const variant of variants) {
  describeArchitectureContract({ name: variant.architecture, on: variant.handOver }, ({ startMs }) =>
    createWorld({ startMs, ...optionsOf(variant) }),
  );
}
