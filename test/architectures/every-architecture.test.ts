import { architectureNames, busNames, createWorld } from '../../src/shop/world.ts';
import { describeArchitectureContract } from './contract.ts';

for (const architecture of architectureNames) {
  // Where services call, nothing flows on a bus.
  for (const bus of architecture === 'api-driven' ? ([undefined] as const) : busNames) {
    describeArchitectureContract(
      { name: architecture, on: bus ? `the ${bus} bus` : 'no bus' },
      ({ startMs }) => createWorld({ startMs, architecture, ...(bus && { bus }) }),
    );
  }
}
