import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldsOf } from '../../scripts/history-page/fields.ts';
import { historyPage } from '../../scripts/history-page/page.ts';
import { parseHistoryLine } from '../../src/lab/replay/history/history-line.ts';
import { commandSchemas } from '../../src/services/index.ts';

const linesOf = (name: string) =>
  readFileSync(`examples/history/${name}.ndjson`, 'utf8').trimEnd().split('\n');
const sample = linesOf('adventureworks-sample');
const aCustomer = linesOf('a-customer');
const page = readFileSync('docs/HISTORY.md', 'utf8');

test('docs/HISTORY.md says what the schemas say (else: npm run history-page)', () => {
  expect(page).toBe(historyPage(sample, aCustomer));
});

test('every command has its place there, and a line that is one', () => {
  const examples = [...page.matchAll(/```json\n(.*)\n```/g)].map(([, line]) => line ?? '');
  const shown = examples.map((line) => parseHistoryLine(Buffer.from(line)).command);

  const known = Object.entries(commandSchemas).flatMap(([service, commands]) =>
    Object.keys(commands).map((command) => ({ service, command })),
  );
  expect(shown.map(({ service, command }) => ({ service, command }))).toEqual(known);
});

test('the sample that ships holds 5,400 commands, and no bad line; nor has the other', () => {
  expect(sample).toHaveLength(5400);
  for (const line of [...sample, ...aCustomer])
    expect(() => parseHistoryLine(Buffer.from(line))).not.toThrow();
});

test('a field is shown wherever it stands in the data', () => {
  const schema = z.object({
    id: z.string().describe('an id'),
    size: z.enum(['s', 'm']).optional(),
    items: z.array(z.object({ count: z.int().describe('how many') })),
    price: z.object({ amount: z.int().describe('cents') }).optional(),
    switches: z.record(z.string(), z.record(z.string(), z.boolean())),
  });

  expect(fieldsOf(z.toJSONSchema(schema))).toEqual([
    { path: 'id', isOptional: false, what: 'an id' },
    { path: 'size', isOptional: true, what: '`s`, `m`' },
    { path: 'items[].count', isOptional: false, what: 'how many' },
    { path: 'price.amount', isOptional: true, what: 'cents' },
    { path: 'switches.*.*', isOptional: false, what: '`true` or `false`' },
  ]);
});
