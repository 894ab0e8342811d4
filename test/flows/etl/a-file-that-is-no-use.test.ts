import { readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { diskFolder } from '../../../src/flows/etl/folder.ts';
import { prepareLoad } from '../../../src/flows/etl/run.ts';
import { writeBatch } from '../../../src/flows/etl/warehouse.ts';
import { InputError, seededRandom } from '../../../src/kernel/index.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { anOutside, aProcess, failedChecks, GrowingSource, header, loadText } from './a-warehouse.ts';

const good = '1,2026-03-02 08:10,North,3.2,2.50';

function prepare(text: string, name = 'rides.csv') {
  const file = temporaryFile(name);
  writeFileSync(file, text);
  return prepareLoad({ kind: 'file', file }, seededRandom(1));
}

test.each([
  ['an empty file', '', /is empty/],
  ['a wrong column', `${header.replace('km', 'miles')}\n${good}\n`, /line 1: it lacks the column km/],
  ['no columns at all', `${good}\n`, /line 1: it lacks the column ride_id, started_at/],
])('%s is refused in one line that says where', async (_, text, words) => {
  const refused = await prepare(text).catch((thrown: unknown) => thrown);

  expect(refused).toBeInstanceOf(InputError);
  expect((refused as InputError).message).toMatch(words);
  expect((refused as InputError).message).not.toContain('\n');
});

test.each([
  ['a row too short', '1,2', ['wrong_number_of_fields']],
  ['a row too long', `${good},more`, ['wrong_number_of_fields']],
  ['a line without an end', 'x'.repeat(200_000), ['line_too_long']],
  ['a field too long', good.replace('North', 'N'.repeat(65)), ['field_too_long']],
  ['a quote that is left open', good.replace('North', '"North'), ['bad_quotes']],
  ['a wrong type', good.replace('3.2', 'far'), ['bad_number']],
  ['more than a coin', good.replace('2.50', '2.505'), ['bad_number']],
  ['a number without end', good.replace('3.2', 'Infinity'), ['bad_number']],
  ['a day that is none', good.replace('03-02', '02-30'), ['bad_time']],
])('%s is put aside, and the lines around it are loaded', async (_, bad, reasons) => {
  const { report } = await loadText('in-memory', [header, good, bad, good.replace('1', '2')].join('\n'));

  expect(report.data).toMatchObject({
    run: { read: 3, loaded: 2, rejected: 1 },
    rejected: [{ line: 3, reasons }],
  });
  expect(failedChecks(report)).toEqual([]);
});

test('columns may stand in any order, and among others', async () => {
  const { report } = await loadText(
    'in-memory',
    'note,Price,km,station,started_at,ride_id\nx,2.50,3.2,North,2026-03-02 08:10,1',
  );

  expect(report.data.stations).toEqual([{ station: 'north', rides: 1, metres: 3200, priceMinor: 250 }]);
});

test('a file of objects, a line each, is read too', async () => {
  const ride = { ride_id: 1, started_at: '2026-03-02 08:10', station: 'North', km: 3.2, price: '2.50' };
  const lines = [ride, { ...ride, ride_id: '2', km: undefined }, [ride]].map((each) => JSON.stringify(each));
  const outside = anOutside(
    new GrowingSource([...lines, 'x'].join('\n'), { name: 'r.ndjson', format: 'ndjson' }),
  );
  const report = await aProcess('in-memory', outside).load();

  expect(report.data).toMatchObject({
    run: { read: 4, loaded: 1, rejected: 3 },
    reasons: { missing_km: 1, no_object: 1, bad_json: 1 },
  });
});

test.each([
  ['a line that was changed', (text: string) => text.replace('3.2', '3.3')],
  ['a last line that was not whole', (text: string) => `${text}0\n2,2026-03-02 08:10,North,1,1`],
  ['a shorter file', (text: string) => text.split('\n').slice(0, -1).join('\n')],
])('%s before the watermark is refused, and nothing is changed', async (_, change) => {
  const outside = anOutside(new GrowingSource(`${header}\n${good}\n${good.replace('1', '2')}`));
  await aProcess('durable', outside).load();
  const files = new Map(outside.folder.files);
  outside.source.text = change(outside.source.text);

  await expect(aProcess('durable', outside).load()).rejects.toThrow(/has changed before line 4/);
  expect(outside.folder.files).toEqual(files);
  await outside.datastore.close();
});

test('a line end behind the last line is no change', async () => {
  const outside = anOutside(new GrowingSource(`${header}\n${good}`));
  await aProcess('durable', outside).load();
  outside.source.text += `\n${good.replace('1', '2')}\n`;
  const report = await aProcess('durable', outside).load();

  expect(report.data.run).toMatchObject({ read: 1, loaded: 1 });
  await outside.datastore.close();
});

test('on a disk no part of a file is left, and batches of a warehouse that is forgotten go with its first', async () => {
  const path = dirname(temporaryFile('x'));
  const folder = diskFolder(path);
  const ride = {
    rideId: '1',
    startedAtMs: 0,
    station: 'north',
    metres: 1,
    priceMinor: 1,
    source: 's',
    line: 2,
  };
  const write = (batch: number) => writeBatch(folder, { batch, rides: [ride], rejections: [], stations: {} });
  await write(1);
  await write(2);
  await write(3);
  await write(1);

  expect(readdirSync(path).sort()).toEqual(['rides-000001.parquet', 'stations.parquet']);
});
