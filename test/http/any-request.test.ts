import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

it('whatever is asked is answered as the document says, and nothing breaks', async () => {
  const statuses = await fuzz(1500);

  expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 404, 422]));
});
