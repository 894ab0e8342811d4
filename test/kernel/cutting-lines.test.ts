import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLines } from '../../src/kernel/lines.ts';

async function* chunked(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let start = 0;
  for (const size of sizes) {
    yield bytes.subarray(start, start + size);
    start += size;
  }
  yield bytes.subarray(start);
}

async function linesOf(text: string, sizes: readonly number[], maxLineBytes = 1000) {
  const lines: { number: number; text: string | null; endByte: number }[] = [];
  for await (const { number, bytes, endByte } of splitLines(
    chunked(Buffer.from(text), sizes),
    maxLineBytes,
  )) {
    lines.push({ number, text: bytes?.toString() ?? null, endByte });
  }
  return lines;
}

const text = fc
  .array(fc.constantFrom('a', 'é', '💡', '\n', '\r\n', '\r', 'word '), { maxLength: 40 })
  .map((pieces) => pieces.join(''));
const lineEnd = /\r\n|\n|\r/;
const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 });

test('wherever the chunks of a file fall, its lines are the same', async () => {
  await fc.assert(
    fc.asyncProperty(text, sizes, async (content, chunkSizes) => {
      const expected = content.split(lineEnd);
      if (/[\r\n]$/.test(content) || content === '') expected.pop();

      const lines = await linesOf(content, chunkSizes);

      expect(lines.map((line) => line.text)).toEqual(expected);
      expect(lines.map(({ number }) => number)).toEqual(expected.map((_, index) => index + 1));
      expect(lines.at(-1)?.endByte ?? 0).toBe(Buffer.byteLength(content));
    }),
  );
});

test('wherever the chunks fall, exactly the lines over the limit are dropped', async () => {
  await fc.assert(
    fc.asyncProperty(text, sizes, async (content, chunkSizes) => {
      const bytesBeforeLineEnd = content.split(lineEnd).map((line) => Buffer.byteLength(line));

      const lines = await linesOf(content, chunkSizes, 8);

      for (const { number, text: kept } of lines) {
        expect(kept === null).toBe((bytesBeforeLineEnd[number - 1] ?? 0) > 8);
      }
    }),
  );
});

test('a byte order mark is dropped from the first line only, even when a chunk ends inside it', async () => {
  const lines = await linesOf('\uFEFFa\n\uFEFFb', [1, 1]);

  expect(lines.map((line) => line.text)).toEqual(['a', '\uFEFFb']);
});
