import { expect, test } from 'vitest';
import { MessageRefusedError } from '../../src/pipeline-runtime/index.ts';
import { aPipeline, failingToPack, stamping } from './a-pipeline.ts';

const noTape = new Error('no tape');

test('a stage that failed so many times in a row is stopped, and says so', async () => {
  const { deliver, statisticsOf, logged } = aPipeline({
    stages: [failingToPack(noTape)],
    settings: { maxConsecutiveFailures: 3 },
  });

  await deliver('a', 'b');
  expect(statisticsOf('pack')).toMatchObject({ isStopped: false });
  await deliver('c');

  expect(statisticsOf('pack')).toMatchObject({ isStopped: true, failed: 3 });
  expect(logged.filter((line) => line.includes('stage stopped'))).toEqual([
    JSON.stringify({ stage: 'pack', failures: 3, text: 'stage stopped' }),
  ]);
});

test('one success in between, and it counts from the beginning', async () => {
  const { deliver, statisticsOf } = aPipeline({
    stages: [failingToPack(noTape, (parcel) => parcel.startsWith('glass'))],
    settings: { maxConsecutiveFailures: 3 },
  });

  await deliver('glass 1', 'glass 2');
  await deliver('brick');
  await deliver('glass 3', 'glass 4');

  expect(statisticsOf('pack')).toMatchObject({ isStopped: false, failed: 4 });
});

test.each(['store', 'log'] as const)(
  'what comes for a stopped stage is kept, and not lost (%s)',
  async (mode) => {
    const { deliver, pipeline, statisticsOf, passed } = aPipeline({
      stages: [failingToPack(noTape, (parcel) => parcel === 'glass')],
      settings: { maxConsecutiveFailures: 1, onHandlerFailure: mode },
    });
    await deliver('glass');

    await deliver('brick');

    expect(pipeline.deadLetters().at(-1)).toMatchObject({
      message: { data: { parcel: 'brick' } },
      error: { code: 'stage_stopped', message: 'stage "pack" was stopped after 1 failures in a row' },
    });
    expect(statisticsOf('pack')).toMatchObject({ received: 2, failed: 2 });
    expect(passed.at(-1)).toMatchObject({ type: 'Lost', data: { parcel: 'brick' } });
  },
);

test('where failures go back to the bus, it keeps what comes for a stopped stage too', async () => {
  const { deliver, bus } = aPipeline({
    stages: [failingToPack(noTape)],
    settings: { maxConsecutiveFailures: 1, onHandlerFailure: 'nack' },
  });

  await deliver('a');
  await deliver('b');

  expect((await bus.deadLetters()).map(({ error }) => error.code ?? error.message)).toEqual([
    'no tape',
    'stage_stopped',
  ]);
});

test('the other stages go on', async () => {
  const { deliver, pipeline, packed, seen } = aPipeline({
    stages: [failingToPack(noTape), stamping],
    settings: { maxConsecutiveFailures: 1 },
  });
  await deliver('a');

  await pipeline.submit([packed('b')]);
  await pipeline.settle();

  expect(seen().at(-1)).toBe('Stamped b');
});

test('messages that are refused for what they are do not stop a stage', async () => {
  const refusal = new MessageRefusedError('too_heavy', { message: 'an anvil', help: 'Use a crane.' });
  const { deliver, statisticsOf } = aPipeline({
    stages: [failingToPack(refusal)],
    settings: { maxConsecutiveFailures: 1 },
  });

  await deliver('a', 'b', 'c');

  expect(statisticsOf('pack')).toMatchObject({ isStopped: false, failed: 3 });
});
