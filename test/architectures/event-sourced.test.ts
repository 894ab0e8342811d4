import { createWorld } from '../../src/demo/index.ts';
import { describeArchitectureContract } from './contract.ts';

describeArchitectureContract('event-sourced', ({ startMs }) =>
  createWorld({ startMs, architecture: 'event-sourced' }),
);
