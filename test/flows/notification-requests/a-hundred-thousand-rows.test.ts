import { expect, test } from 'vitest';
import { readRequests } from '../../../src/flows/notification-requests/read-requests.ts';
import { fileWith } from './a-run.ts';

const header = 'user_id,channels,message,priority';

test('100,000 rows are read one by one, in flat memory, even behind a quote that is never closed', async () => {
  const row = `ada,email|sms,"${'Hello, you there. '.repeat(20)}",high\n`;
  const file = fileWith('requests.csv', `${header}\nada,email,"open,high\n${row.repeat(100_000)}`);
  let count = 0;
  let mostHeap = 0;

  for await (const { request } of readRequests(file)) {
    if (request?.userId === 'ada') count++;
    if (count % 10_000 === 0) mostHeap = Math.max(mostHeap, process.memoryUsage().heapUsed);
  }

  expect(count).toBe(100_000);
  // The file has 38 MB, and what is made of it more.
  expect(mostHeap).toBeLessThan(150e6);
});
