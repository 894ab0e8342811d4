import { expect, test } from 'vitest';
import { amissWhenDying } from '../a-life.ts';
import { row } from './a-service.ts';
import { mortalService, shortSample } from './dying.ts';

test('whichever step it dies at, from a registration to a session, the end is the same', async () => {
  const rows = [
    row(0, 'register'),
    row(0.5, 'link'),
    row(1, 'login', { password: 'a wrong one' }),
    row(1.2, 'login'),
  ];
  const { amiss } = await amissWhenDying(mortalService(rows), { every: 1 });

  expect(amiss).toEqual([]);
}, 600_000);

test('in the sample, which has locks, codes and alerts too, at a step of each kind', async () => {
  const { amiss } = await amissWhenDying(mortalService(await shortSample()), { every: 97, from: 40 });

  expect(amiss).toEqual([]);
}, 600_000);
