import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { meanOf } from '../../bench/against.ts';

test('half and double even each other out', () => {
  expect(meanOf([0.5, 2])).toBeCloseTo(1);
  expect(meanOf([2, 8])).toBeCloseTo(4);
});

test.each([
  [['against', '--commit', '--nowhere'], /^error: there is no (commit "--nowhere"|taskset) here.*\n$/],
  [['flows', '--commit', 'HEAD'], /^error: --commit is for `npm run bench -- against`\n$/],
])('%j is refused in a line', async (typed, line) => {
  const args = ['--import', 'tsx', 'bench/bench.ts', ...typed];
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>(
    (resolve) =>
      execFile(process.execPath, args, (error, out, err) =>
        resolve({ code: error?.code ?? 0, stdout: out, stderr: err }),
      ),
  );

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(line);
});
