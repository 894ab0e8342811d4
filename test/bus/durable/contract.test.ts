import { durableHarness } from '../../support/durable-bus.ts';
import { describeBusContract } from '../contract.ts';

describeBusContract('the durable bus', () => durableHarness());
