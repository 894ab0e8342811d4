import { expect, test } from 'vitest';
import type { DeliveryStatistics } from '../../../src/datastore/index.ts';
import { toPrometheus } from '../../../src/operations/status/prometheus.ts';
import { aBusyDay, anEmptyDay } from './a-busy-day.ts';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: Sample[];
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

function parseSample(line: string): Sample {
  const [, name, labelText = '', value] = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) throw new Error(`not a sample: ${line}`);
  const pair = /([a-z_]+)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
  const labels: Record<string, string> = {};
  for (let rest = pair.exec(labelText); rest !== null; rest = pair.exec(labelText)) {
    labels[rest[1] ?? ''] = unescaped(rest[2] ?? '');
    if (pair.lastIndex === labelText.length) break;
  }
  return { name, labels, value: Number(value) };
}

const suffixes: Readonly<Record<string, string>> = {
  summary: '(_sum|_count)?',
  histogram: '_(bucket|sum|count)',
};

/** The text format by its specification; throws at the first line that does not follow it. */
function parse(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  const series = new Set<string>();
  let [open, help]: [string | undefined, string] = [undefined, ''];
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === 'HELP') help = rest;
    if (keyword === 'TYPE') {
      if (families.has(name)) throw new Error(`a second family ${name}`);
      families.set(name, { type: rest, help, samples: [] });
      open = name;
    }
    if (keyword !== undefined) continue;
    const sample = parseSample(line);
    const family = families.get(open ?? '');
    const suffix = suffixes[family?.type ?? ''] ?? '';
    if (!new RegExp(`^${open}${suffix}$`).test(sample.name)) throw new Error(`outside its family: ${line}`);
    const identity = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
    if (series.has(identity)) throw new Error(`a second time: ${line}`);
    series.add(identity);
    if (Number.isNaN(sample.value)) throw new Error(`not a number: ${line}`);
    family?.samples.push(sample);
  }
  return families;
}

const sumOf = (samples: readonly Sample[] = []): number => samples.reduce((sum, { value }) => sum + value, 0);

async function familiesOf(statistics: DeliveryStatistics): Promise<Map<string, Family>> {
  return parse(await toPrometheus(statistics));
}

test('the text can be parsed, and every name follows the convention', async () => {
  const families = await familiesOf(aBusyDay);

  expect(families.size).toBeGreaterThan(5);
  for (const [name, { type, help }] of families) {
    expect(name).toMatch(/^notification_[a-z_]+$/);
    expect(help).toMatch(/\.$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
  }
});

test('the deliveries add up to those that were requested', async () => {
  const families = await familiesOf(aBusyDay);

  const requested = aBusyDay.groups.reduce((sum, { count }) => sum + count, 0);
  const deliveries = families.get('notification_deliveries')?.samples;
  expect(sumOf(deliveries)).toBe(requested);
  expect(deliveries).toContainEqual({
    name: 'notification_deliveries',
    labels: { channel: 'email', status: 'sent', reason: 'sent' },
    value: 12_040,
  });
});

test('attempts, failures and what waits are told by channel', async () => {
  const families = await familiesOf(aBusyDay);

  const line = (name: string) =>
    families.get(name)?.samples.map(({ labels, value }) => [...Object.values(labels), value].join(' '));
  expect(line('notification_attempts_total')).toEqual(['email 12095', 'sms 2525', 'webhook 0']);
  expect(line('notification_success_ratio')).toEqual(['email 1', `sms ${2500 / 2508}`]);
  expect(line('notification_deliveries_waiting')).toEqual(['email 0', 'sms 2', 'webhook 0']);
  expect(line('notification_next_due_timestamp_seconds')).toEqual([
    `sms ${Date.parse('2026-03-02T12:06:30Z') / 1000}`,
  ]);
  expect(line('notification_deliveries_failed')).toEqual([
    'sms pending provider_unavailable channel_error 3',
    'sms dead_lettered attempts_exhausted channel_error 7',
    'email sent  channel_error 40',
    'sms dead_lettered rejected  1',
  ]);
});

test('attempts of what was sent are a histogram, whose buckets hold those of the ones before', async () => {
  const family = (await familiesOf(aBusyDay)).get('notification_attempts_until_sent');

  const ofEmail = family?.samples.filter(({ labels }) => labels.channel === 'email');
  expect(family?.type).toBe('histogram');
  expect(ofEmail?.map(({ name, labels, value }) => [labels.le ?? name.slice(-6), value])).toEqual([
    ['1', 12_000],
    ['2', 12_025],
    ['3', 12_040],
    ['5', 12_040],
    ['10', 12_040],
    ['+Inf', 12_040],
    ['nt_sum', 12_095],
    ['_count', 12_040],
  ]);
});

test('what waits longest, open breakers and dead messages are told', async () => {
  const breakers = [
    { channel: 'email', state: 'closed', failuresInARow: 0 },
    { channel: 'sms', state: 'open', failuresInARow: 7 },
  ] as const;
  const families = parse(await toPrometheus(aBusyDay, breakers));

  const line = (name: string) =>
    families.get(name)?.samples.map(({ labels, value }) => [...Object.values(labels), value].join(' '));
  expect(line('notification_circuit_breaker_open')).toEqual(['email 0', 'sms 1']);
  expect(line('notification_dead_messages')).toEqual(['loyalty 2']);
  expect(line('notification_oldest_pending_timestamp_seconds')).toEqual([
    `sms ${Date.parse('2026-03-02T11:58:00Z') / 1000}`,
    `webhook ${Date.parse('2026-03-02T12:06:59Z') / 1000}`,
  ]);
});

test('delivery times are summaries in seconds', async () => {
  const families = await familiesOf(aBusyDay);

  const times = families.get('notification_delivery_seconds');
  const ofSms = times?.samples.filter(({ labels }) => labels.channel === 'sms');
  expect(times?.type).toBe('summary');
  expect(times?.samples.every(({ labels }) => labels.channel !== undefined)).toBe(true);
  expect(ofSms?.map(({ name, labels, value }) => [labels.quantile ?? name.slice(-6), value])).toEqual([
    ['0', 0.003],
    ['0.5', 0.09],
    ['0.95', 4.1],
    ['0.99', 64],
    ['1', 28_800],
    ['ds_sum', 80_000],
    ['_count', 2500],
  ]);
  expect(sumOf(families.get('notification_delivery_overall_seconds')?.samples.slice(-1))).toBe(14_540);
});

test('a name with signs of the format itself arrives as it is', async () => {
  const name = 'a "quoted" \\ name,\nof two="lines"';
  const groups = aBusyDay.groups.slice(0, 1).map((group) => ({ ...group, channel: name }));

  const families = await familiesOf({ ...anEmptyDay, groups });

  expect(families.get('notification_deliveries')?.samples[0]?.labels.channel).toBe(name);
});

test('an empty ledger gives families without samples', async () => {
  const families = await familiesOf(anEmptyDay);

  expect([...families.values()].flatMap(({ samples }) => samples)).toEqual([]);
});

test('what providers reported is told by channel and by what it was', async () => {
  const reported = parse(await toPrometheus(aBusyDay)).get('notification_deliveries_reported');

  expect(reported?.samples.map(({ labels, value }) => [labels, value])).toEqual([
    [{ channel: 'email', status: 'bounced' }, 12],
    [{ channel: 'sms', status: 'delivered' }, 2450],
  ]);
});

test('spans that were lost are told by a process that sends them, and by no other', async () => {
  const running = { isWorking: true, messages: 0, deliveries: 0 };
  const lost = parse(
    await toPrometheus(aBusyDay, [], { ...running, lostSpans: { queueFull: 7, notSent: 0 } }),
  );

  const spans = lost.get('notification_spans_lost_total');
  expect(spans?.type).toBe('counter');
  expect(spans?.samples.map(({ labels, value }) => [labels.reason, value])).toEqual([
    ['queue_full', 7],
    ['not_sent', 0],
  ]);
  expect(parse(await toPrometheus(aBusyDay, [], running)).has('notification_spans_lost_total')).toBe(false);
});
