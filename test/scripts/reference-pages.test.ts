import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referencePages } from '../../scripts/reference/pages.ts';
import { reasons } from '../../src/notifications/index.ts';

const root = process.cwd();
const pages = await referencePages(root);
const textOf = (name: string): string => pages.find(({ file }) => file.endsWith(name))?.text ?? '';

test.each(pages)('$file is as the code has it; if not, `npm run reference`', ({ file, text }) => {
  expect(readFileSync(join(root, file), 'utf8')).toBe(text);
});

test('every reason code has its line', () => {
  for (const code of Object.keys(reasons)) expect(textOf('REASONS.md')).toContain(`\n| \`${code}\` | `);
});

test('every flow of the gallery has its line: patterns, failures and figures', () => {
  const text = textOf('FLOWS.md');

  expect(text).toContain('| [authentication](../src/flows/authentication/README.md) | accounts: ');
  expect(text).toMatch(
    /^\| authentication \| 12 \|.*`credentials` ×2.*`verify-mail` ×24.*`session` \| {2}\|$/m,
  );
  expect(text).toMatch(/^\| order-saga \|.*\| `order-saga` \|$/m);
  for (const flow of readdirSync(join(root, 'src/flows')).filter(
    (name) => !['mails', 'notification-requests'].includes(name),
  ))
    expect(text).toMatch(new RegExp(`^\\| ${flow} \\| [1-9][0-9]*(0|5)0 \\| [0-9,]+ \\| [0-9,]+ \\|`, 'm'));
});

test('what is measured with one worker stands in the page about scaling, and what it comes to', () => {
  const { rows } = JSON.parse(readFileSync(join(root, 'bench/workers.json'), 'utf8'));
  const one = rows.find(({ workers }: { workers: number | null }) => workers === 1);
  const text = textOf('SCALING.md');

  expect(text).toContain(`| ${one.name} | ${one.perSecond.toLocaleString('en')} | `);
  expect(text).toMatch(/^\| deliveries a second \| 1,000 \| 10,000 \| 1,000,000 \|$/m);
  expect(text).toMatch(/^\| databases \(shards by customer\) \| [\d,]+ \| [\d,]+ \| [\d,]+ \|$/m);
  expect(text).not.toContain('NaN');
});

test.each([
  'SMTP_URL',
  'WEBHOOK_SECRET',
  'maxAttempts',
  'failureThreshold',
  'sendTimeoutMs',
  'maxHops',
  'messagesPerMinute',
])('%s is among the settings', (name) => {
  expect(textOf('SETTINGS.md')).toContain(`\n| \`${name}\` | `);
});
