import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referencePages } from '../../scripts/reference/pages.ts';
import { reasons } from '../../src/notifications/index.ts';

const root = process.cwd();
const pages = referencePages(root);
const textOf = (name: string): string => pages.find(({ file }) => file.endsWith(name))?.text ?? '';

test.each(pages)('$file is as the code has it; if not, `npm run reference`', ({ file, text }) => {
  expect(readFileSync(join(root, file), 'utf8')).toBe(text);
});

test('every reason code has its line', () => {
  for (const code of Object.keys(reasons)) expect(textOf('REASONS.md')).toContain(`\n| \`${code}\` | `);
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
