import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { captureEmail } from '../../src/delivery/index.ts';
import { createMessage, shopEvents } from '../../src/events/index.ts';
import { createApp } from '../../src/http/app.ts';
import { listen } from '../../src/http/server.ts';
import { createIds, seededRandom, silentLogger, systemClock } from '../../src/kernel/index.ts';
import { createShop } from '../../src/shop/index.ts';

const [perSecond, seconds, padding] = [2000, 4, 1000];
const all = perSecond * seconds;

it('50 readers of 2,000 events a second are told of all, and those who stall take no memory, and catch up', async () => {
  const clock = systemClock();
  const shop = await createShop({ channels: [captureEmail({ clock })] });
  const stop = new AbortController();
  const app = createApp({
    shop,
    architecture: 'event-sourced',
    bus: 'durable',
    outboxes: {},
    unsubscribeSecrets: [],
    clock,
    logger: silentLogger,
    stopping: stop.signal,
  });
  const answers: ServerResponse[] = [];
  const { url, close } = await listen({
    host: '127.0.0.1',
    port: 0,
    answer(request, env) {
      answers.push((env as { outgoing: ServerResponse }).outgoing);
      return app.fetch(request, env);
    },
  });
  const stalled = await Promise.all(Array.from({ length: 10 }, () => reader(url)));
  for (const { socket } of stalled) socket.pause();
  const others = await Promise.all(Array.from({ length: 40 }, () => reader(url)));
  const readers = [...stalled, ...others];
  const before = await inUse();
  let mostUnsent = 0;
  const ids = createIds(clock, seededRandom(1));

  const begunMs = performance.now();
  for (let written = 0; written < all; written += 100) {
    const messages = Array.from({ length: 100 }, (_, index) =>
      createMessage({ clock, ids }, shopEvents.PriceChanged, {
        productId: `p-${written + index}-${'x'.repeat(padding)}`,
        previousPrice: { amount: 2, currency: 'USD' },
        price: { amount: 1, currency: 'USD' },
      }),
    );
    await shop.datastore.eventLog.append(messages);
    mostUnsent = Math.max(mostUnsent, ...answers.map(({ writableLength }) => writableLength));
    await setTimeout(Math.max(0, begunMs + ((written + 100) / perSecond) * 1000 - performance.now()));
  }
  await areAllTold(others);
  const kept = (await inUse()) - before;
  expect(stalled.map(({ seen }) => seen())).toEqual(stalled.map(() => 0));
  for (const { socket } of stalled) socket.resume();
  await areAllTold(stalled);

  for (const each of readers) expect(each.isInOrder()).toBe(true);
  // What one of those who stalled has not taken is 12 MB.
  expect(mostUnsent).toBeLessThan(300_000);
  // All of them together have not taken 120 MB; the log in memory is no part of this.
  expect(kept).toBeLessThan(30e6);
  stop.abort();
  await Promise.all(readers.map(({ socket }) => once(socket, 'close')));
  for (const each of readers) expect(each.isTold()).toBe(true);
  await close();
  await shop.close();
});

const areAllTold = (readers: readonly { seen(): number }[]) =>
  vi.waitFor(() => expect(readers.map(({ seen }) => seen())).toEqual(readers.map(() => all)), 50_000);

/** Without what nobody holds any more: what a first collection lets go of is counted until after a second. */
const inUse = async (): Promise<number> => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  collect();
  await setTimeout(0);
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Counts what comes and keeps none of it. */
async function reader(url: string) {
  const socket: Socket = connect(Number(new URL(url).port), '127.0.0.1');
  let [rest, last, count, isInOrder, isTold] = ['', 0, 0, true, false];
  socket.setEncoding('latin1').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('event: stop')) isTold = true;
      if (line.startsWith('data: {"specversion')) count++;
      if (!line.startsWith('id: ')) continue;
      const id = Number(line.slice(4));
      isInOrder &&= id >= last;
      last = id;
    }
  });
  socket.write('GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n');
  await once(socket, 'data');
  return { socket, seen: () => count, isInOrder: () => isInOrder, isTold: () => isTold };
}
