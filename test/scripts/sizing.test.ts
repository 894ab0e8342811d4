import { expect, test } from 'vitest';
import {
  type Assumptions,
  ceilings,
  databasesIfParted,
  sizeFor,
  type UnitCosts,
} from '../../scripts/reference/sizing.ts';

const costs: UnitCosts = {
  workerMicros: 100,
  publisherMicros: 20,
  serverMicros: 50,
  walBytes: 2000,
  storedBytes: 1000,
  transactions: 0.01,
  processMb: 250,
};
const assumed: Assumptions = {
  share: 0.5,
  consumers: 2,
  walBytesPerSecond: 100e6,
  flushesPerSecond: 1000,
  sessions: 3,
  serverMb: 2000,
};

test('the part of a database that is full first stands at the head', () => {
  expect(ceilings(costs, assumed).map(({ perSecond }) => perSecond)).toEqual([
    10_000, 20_000, 50_000, 100_000,
  ]);
  expect(ceilings(costs, assumed)[0]?.part).toBe('the thread of the process that is at work');
  expect(ceilings({ ...costs, serverMicros: 200 }, assumed)[0]).toEqual({
    part: 'the session that has the pen',
    perSecond: 5000,
  });
});

test('ten thousand a second need as many databases as half of what the narrowest part can do goes into them', () => {
  expect(sizeFor(10_000, costs, assumed)).toEqual({
    perSecond: 10_000,
    databases: 2,
    consumers: 4,
    publishers: 2,
    busyCores: { worker: 1, publisher: 0.2, server: 0.5 },
    cores: 4,
    memoryGb: 5.5,
    walMbPerSecond: 20,
    walGbPerDay: 1728,
    storedGbPerDay: 864,
    sessions: 9,
  });
});

test('of what is counted in wholes there is the next whole, and one of each for very little', () => {
  expect(sizeFor(1, costs, assumed)).toMatchObject({ databases: 1, consumers: 2, publishers: 1, cores: 1 });
  expect(sizeFor(10_001, costs, assumed)).toMatchObject({ databases: 3, consumers: 6, publishers: 3 });
});

test('where publishing is most of the work, there are more publishers than databases', () => {
  expect(sizeFor(10_000, { ...costs, publisherMicros: 300 }, assumed)).toMatchObject({
    databases: 2,
    publishers: 6,
    sessions: 15,
  });
});

test('parted databases are limited by the cores of their server, and by its disk where that is sooner', () => {
  expect(databasesIfParted(1_000_000, costs, assumed, 2)).toBe(50);
  expect(databasesIfParted(1_000_000, costs, assumed, 8)).toBe(40);
});
