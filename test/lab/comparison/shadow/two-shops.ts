import { PassThrough } from 'node:stream';
import { type Channel, ChannelError } from '../../../../src/delivery/index.ts';
import type { DeliveryDifference } from '../../../../src/lab/comparison/shadow/difference.ts';
import { reportShadow } from '../../../../src/lab/comparison/shadow/report.ts';
import { describeDifference } from '../../../../src/lab/comparison/shadow/words.ts';
import { runShadow, type ShadowOptions, type ShadowSide } from '../../../../src/lab/comparison/shadow.ts';
import {
  addHelmet,
  at,
  order,
  priceHelmetAt,
  putHelmetInCartOf,
  register,
  ship,
  writeHistory,
} from '../../replay/history.ts';

/** Kim and Lee order, Kim's order ships at night, and the helmet in both carts becomes cheaper, twice. */
export const aMonth = [
  at('2026-03-02T10:00:00Z', addHelmet),
  at(
    '2026-03-02T10:01:00Z',
    register({ quietHours: { start: '22:00', end: '07:00' }, addresses: { chat: '@kim' } }),
  ),
  at('2026-03-02T10:02:00Z', register({ customerId: 'lee', segment: 'standard' })),
  at('2026-03-02T10:03:00Z', order('order-k')),
  at('2026-03-02T10:04:00Z', order('order-l', 'lee')),
  at('2026-03-02T10:05:00Z', putHelmetInCartOf('kim')),
  at('2026-03-02T10:05:00Z', putHelmetInCartOf('lee')),
  at('2026-03-02T23:00:00Z', ship('order-k')),
  at('2026-03-14T12:00:00Z', priceHelmetAt(2999)),
  at('2026-03-28T12:00:00Z', priceHelmetAt(2499)),
];

export const historyOf = (lines: readonly string[]): string => writeHistory(...lines).file;

/** What the candidate decides otherwise than the event-sourced shop, a line each, and the result. */
export async function shadowOf(candidate: ShadowSide, options: Partial<ShadowOptions> = {}) {
  const differences: DeliveryDifference[] = [];
  const result = await runShadow({
    file: options.file ?? historyOf(aMonth),
    current: { architecture: 'event-sourced' },
    candidate,
    onDifference: (difference) => void differences.push(difference),
    ...options,
  });
  return { result, differences, lines: differences.map(describeDifference) };
}

/** The same as a person or a program is told of it. */
export async function reportOf(candidate: ShadowSide, { json = false, lines = aMonth } = {}) {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const areAlike = await reportShadow({
    file: historyOf(lines),
    current: { architecture: 'event-sourced' },
    candidate,
    json,
    streams,
  });
  const textOf = (stream: PassThrough): string => String(stream.read() ?? '');
  return { areAlike, stdout: textOf(streams.stdout), stderr: textOf(streams.stderr) };
}

/** An SMS provider that takes nothing from anybody. */
export const refusingSms: Channel = {
  name: 'sms',
  templates: 'sms',
  async send() {
    throw new ChannelError('permanent', { message: 'the number is not in service', suppress: 'blocked' });
  },
};

/** A provider that is there for the customers who have such an address. */
export const chat: Channel = {
  name: 'chat',
  templates: 'sms',
  send: async () => ({ id: 'chat-1' }),
};
