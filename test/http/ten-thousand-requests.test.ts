import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

it('10,000 requests are answered as the document says, and nothing breaks', {
  timeout: 600_000,
}, async () => {
  const statuses = await fuzz(10_000);

  expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 202, 400, 404, 409, 422]));
});
