import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type EventBus, InMemoryEventBus } from '../../../src/bus/index.ts';
import type { Catalogue } from '../../../src/events/index.ts';
import { etlMessages } from '../../../src/flows/etl/messages.ts';
import { beginsAtMs, prepareLoad } from '../../../src/flows/etl/run.ts';
import { typedRecords } from '../../../src/flows/etl/typed.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { feed } from '../../../src/pipeline-runtime/index.ts';
import {
  anOutside,
  aProcess,
  buses,
  digestsOf,
  failedChecks,
  GrowingSource,
  loadText,
} from './a-warehouse.ts';

const sample = readFileSync(new URL('../../../src/flows/etl/rides.csv', import.meta.url), 'utf8');

test.each(buses)('the sample comes to the end of its sheet (%s)', async (busName) => {
  const { report } = await loadText(busName, sample);

  expect(report.data).toMatchObject({
    status: 'completed',
    run: { read: 10, loaded: 6, duplicates: 1, rejected: 3 },
    reasons: { missing_km: 1, bad_number: 1, negative_price: 1 },
    rejected: [
      { line: 5, reasons: ['missing_km'], raw: '4,2026-03-02 08:41,South,,2.00' },
      { line: 6, reasons: ['bad_number'] },
      { line: 8, reasons: ['negative_price'] },
    ],
    stations: [
      { station: 'south', rides: 3, metres: 10_500, priceMinor: 720 },
      { station: 'north', rides: 2, metres: 4300, priceMinor: 400 },
      { station: 'west', rides: 1, metres: 7500, priceMinor: 400 },
    ],
    warehouse: { rows: 6, batches: 1 },
  });
  expect(failedChecks(report)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
  expect(report.tables[2]?.rows.at(-1)).toEqual(['all', '6', '22.3', '15.20']);
});

test('loaded again it loads nothing, and with one line more it loads one', async () => {
  const outside = anOutside(new GrowingSource(sample));
  await aProcess('durable', outside).load();
  const files = digestsOf(outside.folder);

  const again = await aProcess('durable', outside).load();
  expect(again.data.run).toEqual({ read: 0, loaded: 0, duplicates: 0, rejected: 0 });
  expect(digestsOf(outside.folder)).toEqual(files);

  outside.source.text += '10,2026-03-02 10:00,East,1.0,1.00\n';
  const longer = await aProcess('durable', outside).load();
  expect(longer.data).toMatchObject({
    run: { read: 1, loaded: 1, duplicates: 0, rejected: 0 },
    warehouse: { rows: 7, batches: 2 },
  });
  expect(failedChecks(longer)).toEqual([]);
  expect([...outside.folder.files.keys()].sort()).toEqual([
    'quarantine-000001.ndjson',
    'rides-000001.parquet',
    'rides-000002.parquet',
    'stations.parquet',
  ]);
  await outside.datastore.close();
});

test('what was rejected stands in a file, with its source, line and every reason', async () => {
  const { folder } = await loadText('in-memory', `${sample}11,31.02.2026 08:00,,-1,x\n`);
  const lines = Buffer.from(folder.files.get('quarantine-000001.ndjson') ?? [])
    .toString()
    .trim()
    .split('\n');

  expect(lines.map((line) => JSON.parse(line)).at(-1)).toEqual({
    source: 'rides.csv',
    line: 12,
    reasons: ['missing_station', 'bad_time', 'bad_number', 'negative_km'],
    raw: '11,31.02.2026 08:00,,-1,x',
  });
});

test('a record that is typed goes the same way, and is in the warehouse at once', async () => {
  const flow = await prepareLoad({ kind: 'nothing' }, seededRandom(1));
  const catalogue: Catalogue = etlMessages;
  const clock = new VirtualClock(beginsAtMs);
  const random = seededRandom(1);
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> = new InMemoryEventBus({ catalogue, clock, random });
  const { pipeline, report } = flow({
    bus,
    clock,
    ids: createIds(clock, random),
    random,
    stopwatch: () => 0,
  });
  pipeline.start();
  const [form] = typedRecords;
  const type = (words: string, number: number) =>
    feed(pipeline, clock, form?.read(words.split(' '), { nowMs: clock.now(), number }) ?? []);

  expect((await report()).checks.every(({ holds }) => holds)).toBe(true);
  await type('1 2026-03-02T08:10 North 3,2 2.50', 1);
  expect((await report()).data).toMatchObject({
    run: { read: 1, loaded: 1 },
    warehouse: { rows: 1, batches: 1 },
  });
  await type('2 today North 3,2 2.50', 2);
  expect((await report()).data).toMatchObject({ run: { read: 1, rejected: 1 }, reasons: { bad_time: 1 } });
  expect(failedChecks(await report())).toEqual([]);
  expect((await report()).statistics.deadLetters).toBe(0);
  await pipeline.stop();
  await bus.close();
});
