import { describeBusContract } from '../../bus/contract.ts';
import { redisHarness } from '../../support/redis-bus.ts';

describeBusContract('the bus at Redis', () => redisHarness());
