import { writeFile } from 'node:fs/promises';
import { InMemoryEventBus } from '../../src/bus/index.ts';
import { allFlows } from '../../src/demo/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { playFlow } from '../../src/pipeline-runtime/index.ts';
import type { Measured } from '../measure.ts';
import { withTemporaryFile } from '../temporary-file.ts';

const beginsAtMs = Date.parse('2026-03-02T10:00:00Z');
const password = 'correct horse battery staple';
const users = ['ada', 'ben', 'cai', 'dee', 'eli'];

/** A row of a file of people, so many seconds behind the beginning. */
const rowOf = (second: number, action: string, email: string): string => {
  const login =
    action === 'login' ? `${password},,laptop,GB,` : action === 'register' ? `${password},,,,` : ',,,,';
  return `${new Date(beginsAtMs + second * 1000).toISOString()},${action},${email},${login}`;
};

const percentiles = (values: readonly number[]): { readonly p50: number; readonly p99: number } => {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
};

/** Plays people at the full cost of a hash, and notes when each message of these types came by. */
async function play(rows: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
  const flow = (await allFlows()).find(({ name }) => name === 'authentication');
  if (flow === undefined) throw new TypeError('there is no flow of accounts');
  const random = seededRandom(1);
  const clock = new VirtualClock(flow.beginsAtMs);
  const bus = new InMemoryEventBus({ catalogue: flow.catalogue, clock, random });
  const times = new Map<string, number[]>();
  bus.subscribe({
    name: 'stopwatch',
    handles: '*',
    handle: async ({ type }) => {
      const known = times.get(type);
      if (known === undefined) times.set(type, [performance.now()]);
      else known.push(performance.now());
    },
  });
  const world = { bus, clock, ids: createIds(clock, random), random, stopwatch: () => performance.now() };
  await withTemporaryFile(async (file) => {
    await writeFile(file, [flow.columns.join(), ...rows].join('\n'));
    const open = await flow.prepare({ kind: 'file', file }, random);
    await playFlow(open(world));
  });
  await bus.close();
  return times;
}

/** Logins one after the other, of people who have an account: from the request to the session. */
export async function logins(count: number): Promise<Measured> {
  const rows = Array.from({ length: count }, (_, index) => rowOf(10 + index, 'login', 'ada@example.com'));
  const startedMs = performance.now();
  const times = await play([
    rowOf(0, 'register', 'ada@example.com'),
    rowOf(1, 'link', 'ada@example.com'),
    ...rows,
  ]);
  const [asked, letIn] = [times.get('LoginRequested') ?? [], times.get('SessionCreated') ?? []];
  if (letIn.length !== count) throw new Error('somebody was not let in');
  const took = letIn.map((endMs, index) => endMs - (asked[index] ?? Number.NaN));
  return { deliveries: count, tookMs: performance.now() - startedMs, latencyMs: percentiles(took) };
}

/**
 * So many logins at the same moment, and behind them people who follow their links: how long those wait for their mail. The time is
 * that of the logins, all of which are hashed in the end.
 */
export async function loginsAtOnce(count: number): Promise<Measured> {
  const strangers = Array.from({ length: count }, (_, index) =>
    rowOf(10, 'login', `user-${index}@example.com`),
  );
  const times = await play([
    ...users.map((user) => rowOf(0, 'register', `${user}@example.com`)),
    ...strangers,
    ...users.map((user) => rowOf(10, 'link', `${user}@example.com`)),
  ]);
  const outcomes = times.get('LoginAttempted') ?? [];
  if (outcomes.length !== count) throw new Error('a login has no outcome');
  const followed = times.get('LinkFollowed') ?? [];
  // The first mails are those with the links.
  const mails = (times.get('MailSent') ?? []).slice(users.length);
  const waits = mails.map((sentMs, index) => sentMs - (followed[index] ?? Number.NaN));
  const tookMs = (outcomes.at(-1) ?? 0) - (times.get('LoginRequested')?.[0] ?? 0);
  return { deliveries: count, tookMs, latencyMs: percentiles(waits) };
}
