import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { replay } from '../../../src/lab/replay/replay.ts';
import { stockSampleShop } from '../../../src/shop/sample-shop.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { addHelmet, at, readReport, register, writeHistory } from './history.ts';

const shopOpens = [at('2026-03-02T10:00:00Z', addHelmet), at('2026-03-02T10:00:00Z', register())];

test('a report that cannot be written is refused before anything is played', async () => {
  const { file, folder } = writeHistory(...shopOpens);
  const report = join(folder, 'nowhere', 'report.ndjson');
  let linesRead = 0;

  const refusal = await rejectionOf(() => replay({ file, report, onProgress: () => void linesRead++ }));

  expect(refusal).toMatchObject({
    name: 'InputError',
    message: `cannot write the report "${report}": there is no folder "${join(folder, 'nowhere')}"`,
    help: 'Make it first.',
  });
  expect(linesRead).toBe(0);
});

test('a directory is no report', async () => {
  const { file, folder } = writeHistory(...shopOpens);

  const refusal = await rejectionOf(() => replay({ file, report: folder }));

  expect(refusal).toMatchObject({ message: `cannot write the report "${folder}": it is a directory` });
});

test('what is no file, such as a device or a socket, is not replaced by one', async () => {
  const { file, folder } = writeHistory(...shopOpens);
  const socket = join(folder, 'socket');
  const server = createServer().listen(socket);
  onTestFinished(() => void server.close());
  await once(server, 'listening');

  const refusal = await rejectionOf(() => replay({ file, report: socket }));

  expect(refusal).toMatchObject({ message: `cannot write the report "${socket}": it is no file` });
});

test('the report may not take the place of the history, by another name either', async () => {
  const { file, folder } = writeHistory(...shopOpens);
  const link = join(folder, 'link.ndjson');
  symlinkSync(file, link);

  const refusal = await rejectionOf(() => replay({ file, report: link }));

  expect(refusal).toMatchObject({ message: expect.stringContaining('the run itself uses that file') });
  expect(readFileSync(file, 'utf8').split('\n')).toEqual([...shopOpens, '']);
});

test('a report takes the place of an earlier one, and nothing else is left', async () => {
  const { file, report, filesThere } = writeHistory(...shopOpens);
  writeFileSync(report, 'an earlier report');

  await replay({ file, report });

  expect(readReport(report)).toHaveLength(1);
  expect(filesThere()).toEqual(['history.ndjson', 'report.ndjson']);
});

test('a report that fails half-way leaves nothing behind', async () => {
  const { file, report, filesThere } = writeHistory(...shopOpens);
  let isFirst = true;
  const occupyTheName = (): void => {
    if (isFirst) mkdirSync(report);
    isFirst = false;
  };

  const refusal = await rejectionOf(() => replay({ file, report, onProgress: occupyTheName }));

  expect(refusal).toMatchObject({ name: 'InputError' });
  expect(filesThere()).toEqual(['history.ndjson', 'report.ndjson']);
});

test('the datastore is kept in a new file', async () => {
  const { file, folder } = writeHistory(...shopOpens);
  const data = join(folder, 'shop.db');

  await replay({ file, data });

  const datastore = openDatastore({ file: data });
  expect(await datastore.customers.find('kim')).toMatchObject({ name: 'Kim Lund' });
  expect(await datastore.ledger.counts()).toMatchObject({ requested: 1, sent: 1 });
  await datastore.close();
});

test('a datastore that holds a shop already is not played into', async () => {
  const { file, folder } = writeHistory(...shopOpens);
  const data = join(folder, 'shop.db');
  await replay({ file, data });

  const refusal = await rejectionOf(() => replay({ file, data }));

  expect(refusal).toMatchObject({ name: 'InputError', message: `"${data}" already holds a shop` });
  expect(refusal).toMatchObject({ help: expect.stringContaining(`npm run resume -- --data ${data}`) });
});

test('after a kill in the middle it plays anew, and its report is the same to the byte', async () => {
  const { file, folder, report } = writeHistory(...shopOpens);
  await replay({ file, report });
  const undisturbed = readFileSync(report);
  const data = join(folder, 'shop.db');
  const killed = openDatastore({ file: data });
  await stockSampleShop(killed);
  await killed.close();

  await replay({ file, report, data, anew: true });

  expect(readFileSync(report)).toEqual(undisturbed);
  const datastore = openDatastore({ file: data });
  expect(await datastore.customers.find('ada')).toBeUndefined();
  await datastore.close();
});

test('a shop that another process has open is not thrown away', async () => {
  const { file, folder } = writeHistory(...shopOpens);
  const data = join(folder, 'shop.db');
  const other = openDatastore({ file: data });
  await stockSampleShop(other);
  const release = await other.claimConsumption();

  const refusal = await rejectionOf(() => replay({ file, data, anew: true }));

  expect(refusal).toMatchObject({ code: 'already_consumed' });
  expect(await other.customers.find('ada')).toBeDefined();
  release();
  await other.close();
});

test('what holds no shop is not thrown away either', async () => {
  const { file, folder } = writeHistory(...shopOpens);
  const data = join(folder, 'diary.txt');
  writeFileSync(data, 'Dear diary, this is no database at all.');

  await rejectionOf(() => replay({ file, data, anew: true }));

  expect(readFileSync(data, 'utf8')).toContain('Dear diary');
});
