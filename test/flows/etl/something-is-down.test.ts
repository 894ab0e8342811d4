import { expect, test } from 'vitest';
import { MemoryFolder } from '../../../src/flows/etl/folder.ts';
import { anOutside, aProcess, buses, digestsOf, failedChecks, GrowingSource, header } from './a-warehouse.ts';

const lines = Array.from({ length: 20 }, (_, index) => `${index + 1},2026-03-02 08:10,North,1.0,1.00`);
const text = [header, ...lines].join('\n');
const sizes = { recordsAPage: 3, rowsABatch: 6 };

/** Fails so often, once it has so many files. */
class FailingFolder extends MemoryFolder {
  failures = 0;
  calls = 0;

  override async write(name: string, bytes: Uint8Array): Promise<void> {
    this.calls++;
    if (this.files.size >= 2 && this.failures > 0) {
      this.failures--;
      throw new Error('no space left');
    }
    await super.write(name, bytes);
  }
}

class FailingSource extends GrowingSource {
  failures = 0;

  override async *bytes(): AsyncGenerator<Buffer> {
    for await (const chunk of super.bytes()) {
      if (chunk.toString().includes('\n9,') && this.failures > 0) {
        this.failures--;
        throw new Error('the connection is gone');
      }
      yield chunk;
    }
  }
}

test.each(buses)('a warehouse that fails three times is asked a fourth time (%s)', async (busName) => {
  const folder = new FailingFolder();
  folder.failures = 3;
  const outside = { ...anOutside(new GrowingSource(text)), folder };
  const report = await aProcess(busName, outside, sizes).load();

  expect(report.data.run).toEqual({ read: 20, loaded: 20, duplicates: 0, rejected: 0 });
  expect(failedChecks(report)).toEqual([]);
  await outside.datastore.close();
});

test('one that stays down halts the run, which reads no further, and goes on when it is well', async () => {
  const untroubled = anOutside(new GrowingSource(text));
  await aProcess('durable', untroubled, sizes).load();
  const folder = new FailingFolder();
  folder.failures = Number.POSITIVE_INFINITY;
  const outside = { ...anOutside(new GrowingSource(text)), folder };

  const halted = await aProcess('durable', outside, sizes).load();
  expect(halted.data).toMatchObject({
    status: 'halted',
    halt: 'load: no space left',
    warehouse: { rows: 6 },
  });
  expect(halted.data.watermark).toMatchObject({ line: 13 });
  expect(failedChecks(halted)).toMatchObject([{ words: expect.stringContaining('the same again goes on') }]);
  expect(folder.calls).toBe(2 + 4);

  folder.failures = 0;
  const resumed = await aProcess('durable', outside, sizes).load();
  expect(resumed.data).toMatchObject({ status: 'completed', run: { read: 20, loaded: 20 } });
  expect(failedChecks(resumed)).toEqual([]);
  expect(digestsOf(folder)).toEqual(digestsOf(untroubled.folder));
  await outside.datastore.close();
  await untroubled.datastore.close();
});

test('a source that is gone in the middle halts the run, which goes on where it was', async () => {
  const outside = anOutside(new FailingSource(text));
  outside.source.failures = 4;
  const halted = await aProcess('durable', outside, sizes).load();

  expect(halted.data).toMatchObject({ status: 'halted', halt: 'extract: the connection is gone' });
  const resumed = await aProcess('durable', outside, sizes).load();
  expect(resumed.data).toMatchObject({ status: 'completed', run: { read: 20, loaded: 20, duplicates: 0 } });
  await outside.datastore.close();
});

test('what another source left under way waits for it', async () => {
  const folder = new FailingFolder();
  folder.failures = Number.POSITIVE_INFINITY;
  const outside = { ...anOutside(new GrowingSource(text)), folder };
  await aProcess('durable', outside, sizes).load();
  folder.failures = 0;
  const other = new GrowingSource(`${header}\n99,2026-03-02 08:10,North,1.0,1.00`, { name: 'other.csv' });

  const between = await aProcess('durable', { ...outside, lives: 7, source: other }, sizes).load();
  expect(between.data.run).toMatchObject({ read: 1, loaded: 1 });
  expect(failedChecks(between)).toEqual([]);
  const resumed = await aProcess('durable', { ...outside, lives: 8 }, sizes).load();
  expect(resumed.data).toMatchObject({
    status: 'completed',
    run: { read: 20, loaded: 20 },
    warehouse: { rows: 21 },
  });
  expect(failedChecks(resumed)).toEqual([]);
  await outside.datastore.close();
});
