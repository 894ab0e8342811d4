import { inMemoryHarness } from '../support/in-memory-bus.ts';
import { describeBusContract } from './contract.ts';

describeBusContract('the in-memory bus', () => inMemoryHarness());
