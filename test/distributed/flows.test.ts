import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { flowNames } from '../../src/demo/flows.ts';
import { aPlace, asAdmin, openPlace } from '../support/a-datastore.ts';
import { runCli } from '../support/command-line.ts';
import { temporaryFile } from '../support/temporary-file.ts';

/** What differs between two runs that end the same: how long things took, where they are; and in which order unrelated things came to a log. */
const ofTheRun = ['flow', 'statistics', 'where', 'audit'];

/** What has become of all, and how often which stage was asked. */
function endOf(stdout: string): unknown {
  const { statistics } = JSON.parse(stdout);
  const handled = statistics.stages.map(({ stage, handled: count }: { stage: string; handled: number }) => [
    stage,
    count,
  ]);
  return { handled, end: JSON.parse(stdout, (name, value) => (ofTheRun.includes(name) ? undefined : value)) };
}

const files = (): string => temporaryFile('files');

test.each(flowNames)(
  'the sample of %s comes to the same end in a database as in a file, once, and is looked at there',
  async (flow) => {
    const command = ['flow', flow, '--bus', 'durable', '--json', '--data'];
    const [inFile, place, folder] = [temporaryFile('flow.db'), await aPlace(), files()];
    const file = await runCli(...command, inFile);
    const database = await runCli(...command, place, '--files', folder);

    expect(database).toMatchObject({ code: 0, stderr: '' });
    expect(endOf(database.stdout)).toEqual(endOf(file.stdout));

    const shown = async (data: string): Promise<object> =>
      JSON.parse((await runCli('flow', flow, 'show', '--json', '--data', data)).stdout);
    const kept = await shown(place);
    expect(kept).toEqual(await shown(inFile));
    expect(JSON.stringify(kept)).toMatch(/[1-9]/);
  },
  120_000,
);

test('a flow that is started again goes on with what the database holds, and says nothing twice', async () => {
  const [place, folder] = [await aPlace(), files()];
  const again = ['flow', 'order-saga', '--bus', 'durable', '--json', '--data', place, '--files', folder];
  const count = async (): Promise<unknown> =>
    (await asAdmin('select count(*)::int from notification_architectures.event_log', place))[0]?.count;
  const first = JSON.parse((await runCli(...again)).stdout);
  const said = await count();

  const second = JSON.parse((await runCli(...again)).stdout);

  expect(second.orders).toEqual(first.orders);
  expect(said).toBeGreaterThan(50);
  expect(await count()).toBe(said);
});

test('what it has written beside is needed again, and named where it is missed', async () => {
  const [place, folder] = [await aPlace(), files()];
  const command = ['flow', 'etl', '--bus', 'durable', '--data', place];
  expect((await runCli(...command, '--files', folder)).code).toBe(0);
  expect(existsSync(`${folder}/stations.parquet`)).toBe(true);
  await rm(folder, { recursive: true });

  const { code, stdout, stderr } = await runCli(...command, '--files', folder);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^flow: "postgres:.*" holds a flow that writes files too, and ".*files" is not there\. Say with --files where they are\.\n$/,
  );
});

test('a database that holds a shop, or another flow, is refused, and left as it is', async () => {
  const [shop, flow] = [await aPlace(), await aPlace()];
  await runCli('demo', 'order-shipped', '--quiet', '--data', shop);
  await runCli('flow', 'iot', '--bus', 'durable', '--json', '--data', flow);
  const log = 'select count(*)::int from notification_architectures.event_log';
  const before = await asAdmin(log, shop);

  for (const place of [shop, flow])
    for (const words of [
      ['trading', '--bus', 'durable'],
      ['trading', 'show'],
    ]) {
      const { code, stdout, stderr } = await runCli('flow', ...words, '--data', place);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /^flow: "postgres:.*" holds something else than trading\. A flow has .* of its own.*\n$/,
      );
    }
  expect(await asAdmin(log, shop)).toEqual(before);
});

test('beside a worker no flow is played: its time is not that of others', async () => {
  const place = await aPlace();
  await (await openPlace(place)).claimConsumption();

  const { code, stderr } = await runCli('flow', 'iot', '--bus', 'durable', '--data', place);

  expect(code).toBe(2);
  expect(stderr).toMatch(/^flow: "postgres:.*" is being consumed already\..*\n$/);
});
