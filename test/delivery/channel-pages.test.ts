import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refusalOf } from '../../src/delivery/channels/webhook-answer.ts';
import { defaultRetries } from '../../src/delivery/settings.ts';
import { defaultRetryPolicy } from '../../src/kernel/index.ts';
import { createWorld } from '../../src/shop/index.ts';

const page = (channel: string): string =>
  readFileSync(`docs/channels/${channel}.md`, 'utf8').replace(/\s+/g, ' ');
const channels = [...createWorld({ startMs: 0 }).providers.values()];

test('each channel has a page, which names its templates', () => {
  expect(readdirSync('docs/channels').sort()).toEqual(channels.map(({ name }) => `${name}.md`).sort());
  for (const { name, templates } of channels)
    expect(page(name)).toMatch(new RegExp(`those of \`${templates}\``));
});

test('what a channel of somebody else may say of a failure stands on a page, and where channels are shown', () => {
  const source = readFileSync('src/delivery/channel.ts', 'utf8');
  const [, options = ''] = /export interface ChannelErrorOptions \{\n([^}]*)\n\}/.exec(source) ?? [];
  const names = [...options.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name = '']) => name);
  expect(names).toContain('retryAfterMs');

  for (const file of ['docs/channels/sms.md', 'examples/README.md']) {
    const [, said = ''] =
      /new ChannelError\('permanent' \| 'transient', \{([^}]*)\}/.exec(readFileSync(file, 'utf8')) ?? [];
    expect(said.match(/\w+/g)).toEqual(names);
  }
});

const unit = (ms: number): string =>
  ms >= 3_600_000 ? `${ms / 3_600_000} h` : ms >= 60_000 ? `${ms / 60_000} min` : `${ms / 1000} s`;

test.each(channels.map(({ name }) => name))('the page of %s has its retries as they are', (name) => {
  const { delaysMs = [], maxAttempts } = defaultRetries[name] ?? defaultRetryPolicy;
  const delays = delaysMs.map(unit);

  const words =
    delays.length === 0
      ? `At most ${maxAttempts} attempts, after up to ${unit(defaultRetryPolicy.initialDelayMs)} at first and twice as long each time.`
      : `Tried again after ${delays.slice(0, -1).join(', ')} and ${delays.at(-1)}.`;
  expect(page(name)).toContain(`**Retries.** ${words}`);
});

test('the webhook page says of each status what comes of it', () => {
  const rows = [
    ...readFileSync('docs/channels/webhook.md', 'utf8').matchAll(/^\| (\d[\d, ]+) \| (.+) \|$/gm),
  ];
  expect(rows.length).toBeGreaterThan(3);
  for (const [, statuses = '', means] of rows) {
    for (const status of statuses.split(', ').map(Number)) {
      expect({ status, means }).toEqual({ status, means: meaningOf(status) });
    }
  }
});

function meaningOf(status: number): string {
  const refusal = refusalOf({ host: 'shop.example', status, retryAfter: undefined }, 0);
  if (refusal === undefined) return 'sent';
  if (refusal.kind === 'permanent')
    return refusal.suppress ? 'dead letter, and the address is suppressed' : 'dead letter';
  return refusal.isThrottled ? 'tried later, and slower' : 'tried later';
}
