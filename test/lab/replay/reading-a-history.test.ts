import { expect, test } from 'vitest';
import { historyFile, outcomes, readAll, shipAt } from './history-files.ts';

const nine = '2016-05-01T09:00:00Z';

test('a history is read line by line, with the time of each command', async () => {
  const file = await historyFile(`${shipAt(nine, 'a')}\n${shipAt('2016-05-01T09:00:01.500Z', 'b')}\n`);

  expect(await readAll(file)).toEqual([
    {
      lineNumber: 1,
      atMs: Date.UTC(2016, 4, 1, 9),
      command: { service: 'ordering', command: 'shipOrder', data: { orderId: 'a' } },
    },
    {
      lineNumber: 2,
      atMs: Date.UTC(2016, 4, 1, 9, 0, 1, 500),
      command: { service: 'ordering', command: 'shipOrder', data: { orderId: 'b' } },
    },
  ]);
});

test('a time may have an offset, and leave out the seconds', async () => {
  const file = await historyFile(
    [shipAt('2016-05-01T11:00:00+02:00'), shipAt('2016-05-01T09:00Z')].join('\n'),
  );

  const lines = await readAll(file);

  expect(lines.map((line) => line.error ?? line.atMs)).toEqual([
    Date.UTC(2016, 4, 1, 9),
    Date.UTC(2016, 4, 1, 9),
  ]);
});

test('a byte order mark, Windows line ends, blank lines and a missing last line end do no harm', async () => {
  const file = await historyFile(`\uFEFF${shipAt(nine, 'a')}\r\n\r\n \t\r\n\n${shipAt(nine, 'b')}`);

  expect(outcomes(await readAll(file))).toEqual(['1: a', '5: b']);
});

test('each bad line is handed out with its number and its reason, between the good ones', async () => {
  const good = shipAt(nine, 'good');
  const bad: readonly [line: string, code: string, message: string][] = [
    ['{"at":', 'not_json', 'the line is not JSON'],
    [`${good},`, 'not_json', 'the line is not JSON'],
    ['[1]', 'not_an_object', 'the line is JSON, but not an object'],
    ['null', 'not_an_object', 'the line is JSON, but not an object'],
    [good.replace('shipOrder', 'shipOrdre'), 'unknown_command', 'ordering has no command "shipOrdre"'],
    [good.replace('"ordering"', '"kitchen"'), 'unknown_command', 'there is no service "kitchen"'],
    [good.replace('"good"', '""'), 'invalid_command', 'ordering.shipOrder: data.orderId must'],
    [good.replace('{', '{"__proto__":{},'), 'invalid_command', '__proto__ must not be used as a key'],
    [good.replace('{', '{"at":"2016-05-01T10:00:00Z",'), 'repeated_member', 'the line says at twice'],
    [
      good.replace('"orderId"', '"order\\u0049d":"other","orderId"'),
      'repeated_member',
      'the line says data.orderId twice',
    ],
    [good.replace('"at"', '"when"'), 'bad_date', 'at is missing'],
    ...['2016-05-01', '2016-05-01T09:00:00', '2016-02-30T09:00:00Z', '2016-05-01T09:00:00+99:00', 'today', '']
      .map((at) => [shipAt(at), 'bad_date', 'at is not a date and time with an offset'] as const)
      .map(([line, code, message]): [string, string, string] => [line, code, message]),
    [good.replace(`"${nine}"`, '1462093200000'), 'bad_date', 'at is not a date and time with an offset'],
  ];
  const file = await historyFile(bad.flatMap(([line]) => [line, good]).join('\n'));

  const lines = await readAll(file);

  expect(lines.map(({ lineNumber }) => lineNumber)).toEqual(lines.map((_, index) => index + 1));
  expect(lines.filter(({ error }) => error === undefined)).toHaveLength(bad.length);
  const reasons = lines.flatMap(({ error }) => (error === undefined ? [] : [error]));
  reasons.forEach((error, index) => {
    const [, code, message] = bad[index] ?? [];
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(message ?? ''),
      help: expect.any(String),
    });
    expect(error.message).not.toMatch(/[\r\n]/);
  });
});

test('a line that is earlier than the command before it is a bad line, and the history goes on from there', async () => {
  const file = await historyFile(
    [shipAt('2016-05-02T00:00:00Z', 'a'), shipAt(nine, 'b'), shipAt('2016-05-02T00:00:00Z', 'c')].join('\n'),
  );

  const lines = await readAll(file);

  expect(outcomes(lines)).toEqual(['1: a', '2: not_in_order', '3: c']);
  expect(lines[1]?.error).toMatchObject({
    message: 'at 2016-05-01T09:00:00.000Z is earlier than line 1, at 2016-05-02T00:00:00.000Z',
    help: 'The history must be oldest first: sort it by date.',
  });
});

test('a line of ten megabytes is one bad line, and the next is read', async () => {
  const file = await historyFile(`${shipAt(nine, 'a')}\n${'x'.repeat(10_000_000)}\n${shipAt(nine, 'b')}\n`);

  const lines = await readAll(file);

  expect(outcomes(lines)).toEqual(['1: a', '2: line_too_long', '3: b']);
  expect(lines[1]?.error?.message).toBe('the line is longer than 1 MiB');
});

test('a line that is not UTF-8 is a bad line rather than a garbled name', async () => {
  const latin1 = Buffer.from(shipAt(nine, 'jürgen'), 'latin1');
  const file = await historyFile(Buffer.concat([latin1, Buffer.from(`\n${shipAt(nine, 'jürgen')}`)]));

  expect(outcomes(await readAll(file))).toEqual(['1: not_utf8', '2: jürgen']);
});

test('the complaint about a line does not repeat what it holds', async () => {
  const file = await historyFile(`{"email":"kim@example.com",}\n${shipAt(nine)}`);

  const [bad] = await readAll(file);

  expect(bad?.error?.message).not.toContain('kim');
});

test('progress ends at the size of the file, and never goes back', async () => {
  const content = Array.from({ length: 2000 }, () => shipAt(nine)).join('\n');
  const file = await historyFile(content);
  const seen: { bytesRead: number; totalBytes: number }[] = [];

  await readAll(file, { onProgress: (progress) => seen.push(progress) });

  expect(seen).toHaveLength(2000);
  expect(seen.at(-1)).toEqual({ bytesRead: content.length, totalBytes: content.length });
  expect(seen.every(({ bytesRead }, index) => bytesRead > (seen[index - 1]?.bytesRead ?? 0))).toBe(true);
});
