import { expect, test } from 'vitest';
import { demoCommand } from '../../src/demo/commands/demo.ts';
import { runHere } from '../support/command-line.ts';
import { rejectionOf } from '../support/rejection.ts';

const choosing = (bus: string) => rejectionOf(() => runHere(demoCommand, '--list', '--bus', bus));

test('whoever chooses no bus that there is, is told of every form that one has', async () => {
  expect(await choosing('reddis')).toMatchObject({
    message: expect.stringContaining(
      'Allowed choices are in-memory, durable, and redis://user:password@host:6379.',
    ),
  });
});

test.each(['in-memory', 'durable', 'redis://127.0.0.1:1'])('%s is one', async (bus) => {
  expect(await runHere(demoCommand, '--list', '--bus', bus)).toBeDefined();
});
