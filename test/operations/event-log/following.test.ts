import { expect, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { tailLog } from '../../../src/operations/event-log/index.ts';
import { eventMaker } from '../../support/events.ts';

test('what is added while somebody follows is told, each event once, until they stop', async () => {
  const datastore = openDatastore();
  const make = eventMaker();
  const controller = new AbortController();
  await datastore.eventLog.append([make.registered('ada'), make.registered('ben')]);
  const rounds = [
    () => datastore.eventLog.append([make.registered('clara'), make.priceChanged('helmet')]),
    async () => {},
    () => datastore.eventLog.append([make.registered('dev')]),
    async () => controller.abort(),
  ];

  const told: string[] = [];
  const tail = tailLog(datastore, {
    after: 1,
    types: ['CustomerRegistered'],
    signal: controller.signal,
    wait: async () => rounds.shift()?.(),
  });
  for await (const { position, message } of tail) told.push(`${position} ${message.subject}`);

  expect(told).toEqual(['2 ben', '3 clara', '5 dev']);
  expect(rounds).toEqual([]);
});
